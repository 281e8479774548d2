#pragma once
// Events and observations of one stay in the order a test tells them. A builder says only what the
// test is about; everything else gets a value that no rule minds. Keys are hashed without a secret.
//
//   a_stay(1).visit("V1").ward("FORD", "A1").admitted("2026-11-01 10:00").ready("2026-11-09")
//       .blocker(1, "CP4").events();
//   seen("V1").admit().ward("FORD", "A1").at("2026-11-01 10:00").observation();

#include <string_view>
#include <vector>

#include "daemon/core/event.hpp"
#include "daemon/core/observation.hpp"
#include "tests/support/core/moments.hpp"

namespace washup::test_support {

inline constexpr char const* test_authority = "RXX";
inline constexpr char const* test_source = "ward";

core::AliasKey key_of(std::string_view authority, std::string_view number);
core::Value code_value(std::string_view code);
core::Value moment_value(std::string_view moment);
core::Value place_value(std::string_view ward, std::string_view bed, std::string_view site);
core::Value text_value(std::string_view text);

// Already decided events, for tests of apply, derive, views and the journal.
class StayEvents {
  public:
    explicit StayEvents(std::uint64_t number);

    StayEvents& visit(std::string_view number, std::string_view authority = test_authority);
    StayEvents& local_number(std::string_view number, std::string_view name_space = test_authority);
    StayEvents& name(std::string_view words);
    StayEvents& ward(std::string_view ward, std::string_view bed = {},
                     std::string_view site = "QEQM");
    StayEvents& admitted(std::string_view when);
    StayEvents& ready(std::string_view when);
    StayEvents& not_ready();  // meets the criteria to reside again
    StayEvents& ideal(std::string_view outcome);
    StayEvents& expected(std::string_view outcome);
    StayEvents& ended(std::string_view how, std::string_view when);
    StayEvents& field(core::Field field, core::Value value);
    StayEvents& blocker(std::uint64_t number, std::string_view reason, std::string_view opened = {},
                        std::string_view holder = "nhs");
    StayEvents& closes(std::uint64_t number, std::string_view when);
    StayEvents& hands_over_to(std::uint64_t number, std::string_view when);
    StayEvents& action(std::uint64_t number, std::string_view deadline,
                       std::string_view owner = "p.osei");

    // All further facts occurred and were recorded then (before: 1 November 2026, 08:00).
    StayEvents& at(std::string_view when);
    StayEvents& from(std::string_view source);
    std::vector<core::Event> events() const { return events_; }

  private:
    core::StayId stay_;
    core::PersonId person_;
    core::SourceName source_ = test_source;
    Moment at_ = moment("2026-11-01 08:00");
    std::vector<core::Event> events_;
};

// Opens stay `number` of person `number`.
StayEvents a_stay(std::uint64_t number);

// What a source says, for tests of decide and of whole machines.
class Seen {
  public:
    explicit Seen(std::string_view visit);

    Seen& effect(core::StaySeen::Effect effect);
    Seen& admit() { return effect(core::StaySeen::Effect::admit); }
    Seen& transfer() { return effect(core::StaySeen::Effect::transfer); }
    Seen& discharge(std::string_view when, std::string_view how = core::ended::discharged);
    Seen& local_number(std::string_view number, std::string_view name_space = test_authority);
    Seen& nhs_number(std::string_view digits);
    Seen& ward(std::string_view ward, std::string_view bed = {}, std::string_view site = "QEQM");
    Seen& fact(core::Field field, core::Value value);
    Seen& blocker(std::string_view reason, std::string_view opened = {});
    Seen& at(std::string_view when);  // occurred, recorded and sent
    Seen& recorded(std::string_view when);
    Seen& from(std::string_view source);
    core::Observation observation() const { return observation_; }

  private:
    core::Observation observation_;
};

Seen seen(std::string_view visit);

}  // namespace washup::test_support
