#pragma once
// A small hospital for tests of core and derive: a State, a day, and words to let things happen in
// it through decide and apply, as the engine would. No journal, no clock.

#include <string>

#include "daemon/core/apply.hpp"
#include "daemon/core/decide.hpp"
#include "daemon/core/reading.hpp"

namespace washup::tests {

// "2026-11-09" or "2026-11-09T10:30", London.
Moment at(std::string const& text);

struct Message {
    core::Observation observation;
    explicit Message(std::string trigger, std::string occurred, std::string recorded = {});
    Message& visit(std::string number, std::string authority = "RZZ");
    Message& person(std::string local_number, std::string name_space = "RZZ");
    Message& nhs(std::string number, bool doubtful = false);
    Message& council(std::string number);
    Message& source(std::string name);
    Message& stay(core::StaySeen seen);
    Message& ward(std::string ward, std::string bed = "A1", std::string site = "STM");
    Message& fact(core::Field field, core::Value value);
    Message& time(core::Field field, std::string moment);
    Message& code(core::Field field, std::string code);
    Message& text(core::Field field, std::string text);
};

// The usual messages of a ward's feed. `recorded` defaults to `when`.
Message a01(std::string visit, std::string person, std::string when, std::string ward = "FORD");
Message a02(std::string visit, std::string person, std::string when, std::string ward);
Message a03(std::string visit, std::string person, std::string when, std::string recorded = {});
Message a08(std::string visit, std::string person, std::string when);
Message a11(std::string visit, std::string person, std::string when);
Message a12(std::string visit, std::string person, std::string when, std::string really,
            std::string taken_back);
Message a13(std::string visit, std::string person, std::string when);
Message a40(std::string survivor, std::string retired, std::string when);
Message referral(std::string nhs, std::string when);

// Two wards, two teams, a short ladder, four reasons.
core::Config small_config();

class Ward {
  public:
    Ward();
    // Receives at `now()`; time moves on by a second for each.
    core::Outcome receive(Message message);
    Result<core::Outcome> command(core::Command command);
    void wait_until(std::string const& moment);  // lets everything due happen
    void adopt(core::Config config);

    core::State const& state() const { return state_; }
    core::Stay const* stay(std::string const& visit, std::string const& authority = "RZZ") const;
    core::Current read(std::string const& visit, core::Field field) const;
    bool ended(std::string const& visit) const;
    Instant now() const { return now_; }
    std::vector<core::Record> const& records() const { return records_; }

    static core::AliasKey key(std::string const& kind, std::string const& space,
                              std::string const& number);

  private:
    core::Changes commit(core::Cause cause, std::vector<core::Event> events);
    void carry_out_waiting(std::set<core::AliasKey> const& appeared);
    core::State state_;
    std::map<Bytes, core::Observation> kept_;  // what the inbox's items keep, by its raw form
    Instant now_;
    std::uint64_t sequence_ = 0;
    std::vector<core::Record> records_;
};

core::Command command_for(std::string visit);

}  // namespace washup::tests
