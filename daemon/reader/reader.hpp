#pragma once
// The second fold: applies durable records only and makes everything that leaves the daemon from
// them: deltas, heartbeats, snapshots, histories. Because its state is durable, nothing it sends
// can be taken back by a power cut (design.md law 2). A machine; the shell gives it a thread.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "daemon/core/apply.hpp"
#include "daemon/core/command.hpp"
#include "daemon/derive/measures.hpp"
#include "daemon/derive/tallies.hpp"
#include "daemon/reader/publisher.hpp"
#include "daemon/report/report.hpp"

namespace washup::reader {

// What the shell sends: on a view's feed, or to one asker on the control port.
struct Outgoing {
    std::optional<v1::View> feed;
    std::string to;  // routing id, when not for a feed
    Bytes frame;
    bool personal = false;  // only while somebody is signed in there
};

// Which report, and what it is asked for.
struct ReportAsked {
    std::string name;
    report::Options options;
    bool with_stays = false;
};

// The widest first; each sees no more than the one before. The room's comes between the first two
// while somebody asks for it.
inline constexpr v1::View published_views[] = {v1::VIEW_TIER_3, v1::VIEW_TIER_2, v1::VIEW_TIER_1,
                                               v1::VIEW_TIER_0};

class Reader {
  public:
    using SharedRecord = std::shared_ptr<core::Record const>;

    // `state` is the fold of everything in the journal at start.
    Reader(core::State state, std::string epoch);

    // From now on the room's view is kept too: no meeting, no work for it.
    void open_room();
    void apply(std::vector<SharedRecord> const& records, std::vector<Outgoing>& out);
    void heartbeat(Instant now, double rate, bool trusted, std::vector<Outgoing>& out) const;
    // `as_of`: this reader's state is of a past minute, and the chunks say of which.
    void snapshot(v1::View view, std::string const& to, std::vector<Outgoing>& out,
                  std::optional<Instant> as_of = {}) const;
    void history(core::StayName const& stay, std::string const& to,
                 std::vector<Outgoing>& out) const;

    std::optional<Instant> over_at(ReportAsked const& asked) const;  // as of report::over_at
    void report(ReportAsked const& asked, std::string const& to, std::vector<Outgoing>& out) const;

    core::State const& state() const { return state_; }
    Publisher const& view(v1::View view) const;

  private:
    void put(v1::Row row);
    void remove(std::uint32_t kind, std::string const& id);
    void rebuild();
    void turn_day();
    void note_day_bound(core::StayId id, core::Stay const& stay);
    void add_who_waits(std::set<core::Code> const& services, std::set<core::StayId>& rows);
    void refresh(core::Changes const& changes);
    void refresh_stays(std::set<core::StayId> stays);
    void put_tally(derive::LeafKey const& key);
    void put_people(derive::PeopleKey const& key);
    void refresh_sums();
    void refresh_teams();
    bool ending_moved(core::StayId id);
    std::set<core::StayId> move_beds(std::set<core::StayId> const& stays);
    bool shares_bed(core::StayId stay) const;

    core::State state_;
    std::string epoch_;
    derive::Tallies tallies_;
    derive::Measures measures_;
    std::vector<Publisher> publishers_;
    std::set<std::string> scopes_;  // that have a headline row
    Instant teams_until_;           // when a team's next wash-up is another
    // How and when a stay ended: what rows of the person's other stays tell of it.
    std::map<core::StayId, std::pair<core::Code, std::optional<Moment>>> endings_;
    // Whose rows, or whose place on a wall, may change by a new day alone.
    std::set<core::StayId> day_bound_;
    std::map<core::Code, core::Code> kind_of_;  // of each service, as rows were made with it
    Date shown_on_;                             // the day by which walls were judged
    // Who is in which bed: two in one bed are both shown, doubtful.
    std::map<std::string, std::set<core::StayId>> by_bed_;
    std::map<core::StayId, std::string> bed_of_;
};

}  // namespace washup::reader
