#pragma once
// What wash-ups said and which clocks were told to have run out, as plain lists, folded from the
// records by code of its own. What should have been told of clocks is in runs.hpp.

#include <map>
#include <set>
#include <vector>

#include "daemon/core/record.hpp"

namespace washup::sim::naive {

struct Word {  // of a meeting about somebody
    core::MeetingId meeting;
    Instant at;
    core::Sealed text;
    bool parked = false;
};
struct Asked {
    core::MeetingId meeting;
    Instant at;
    core::Code prompt;
    core::Sealed answer, managed_by;
};
struct Breach {
    core::ClockBreached said;
    bool withdrawn = false;
};
struct OfStay {
    std::vector<Word> words;
    std::vector<Asked> asked;
    std::vector<Breach> breaches;
    std::vector<Instant> agreed;  // when each action was
};
struct Meeting {
    core::WashUpOpened said;
    Instant opened, closed;
};

class Notes {
  public:
    void add(core::Record const& record);
    // The key of what was said about this stay is gone.
    void shut(core::StayId stay);
    OfStay const& of(core::StayId stay) const;

    std::map<core::MeetingId, Meeting> meetings;
    std::set<std::pair<core::Code, Instant>> cancelled;  // team and planned time
    std::map<core::StayId, OfStay> stays;
};

}  // namespace washup::sim::naive
