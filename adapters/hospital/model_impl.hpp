#pragma once
// The inside of the model: what lies in the beds and what is still to come. Included by the model's
// own .cpp files alone.

#include <optional>
#include <set>

#include "adapters/hospital/model.hpp"

namespace washup::hospital {

struct Stay {
    std::uint32_t id = 0;
    std::size_t person = 0;
    std::string visit, site, team;
    Instant admitted;
    Story story;
    std::optional<BedName> bed, bed_before;
    Place place, place_before;
    std::optional<Date> expected_discharge, ready_date;
    std::optional<Instant> optimised, left;
    bool referred = false, ended = false;
    PlannedOutcomes known;  // what the hub has written down
    std::set<std::size_t> open_blockers, open_actions;
};

enum class DueKind { day, arrival, step, history_start, drop, capacity, outpatient, person_update };

struct Due {
    DueKind kind = DueKind::day;
    std::uint32_t stay = 0;  // step
    std::size_t index = 0;   // step
    std::string site;        // arrival
    int tries = 0;           // arrival
};

struct Model::Impl {
    explicit Impl(ModelOptions given);

    void play_until(Instant now);
    void play(Instant at, Due const& due);
    void put(Instant at, Due due) { due_[{at.ms, next_due_number_++}] = std::move(due); }

    // model.cpp: days, people, noise
    void day(Instant at);
    void arrival(Instant at, Due due);
    std::size_t find_person(Instant at, int pathway);
    void drop(Instant at);
    void history_start(Instant at);
    void outpatient(Instant at);
    void person_update(Instant at);

    // model_steps.cpp: one stay
    void step(Instant at, Stay& stay, std::size_t index);
    void ward_step(Instant at, Stay& stay, Step const& step);
    void move(Instant at, Stay& stay);
    void take_back_move(Instant at, Stay& stay);
    void leave(Instant at, Stay& stay, std::size_t index);
    void take_back_leave(Instant at, Stay& stay);
    void cancel_admit(Instant at, Stay& stay);
    void merge(Instant at, Stay& stay);
    Adt adt(Instant at, Stay const& stay, char const* trigger) const;
    void send(Adt adt);

    // model_rows.cpp: what the hub writes of it
    void hub_step(Instant at, Stay& stay, Step const& step);
    HubRow row(Instant at, Stay const& stay) const;
    void refer(Instant at, Stay& stay);
    void outcomes(Instant at, Stay& stay, PlannedOutcomes const& said);
    void blocker(Instant at, Stay const& stay, PlannedBlocker const& blocker, bool closed);
    void action(Instant at, Stay const& stay, PlannedAction const& action, bool ended);
    void row_out(char const* kind, HubRow row);

    bool recording(Instant at) const { return at >= options.history_start; }
    std::vector<StaffMember> const& staff_of(std::string const& team) const;

    ModelOptions options;
    Prng chance;
    Beds beds;
    Services services;
    std::vector<StaffMember> staff;
    std::map<std::string, std::vector<StaffMember>> staff_by_team;
    std::vector<Person> people;
    std::set<std::size_t> here, dead;  // people in a bed; people no longer alive
    std::map<std::uint32_t, std::string>
        real_numbers;  // of people registered under a temporary one
    std::map<std::uint32_t, Stay> stays;
    HubFiles files;
    std::vector<Output> out;
    std::uint32_t next_stay = 1, next_reference = 1000, next_control = 1, outpatients = 0;
    std::map<std::pair<std::int64_t, std::uint64_t>, Due> due_;
    std::uint64_t next_due_number_ = 0;
};

}  // namespace washup::hospital
