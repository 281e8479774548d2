#pragma once
// What one discharge says to the measures (product.md section 8): the outcomes that were held, the
// delay, the pathway, whether the person came back. Only an ending "discharged" is one; of a stay
// that ended otherwise there is nothing here.

#include <optional>

#include "daemon/derive/gap.hpp"
#include "daemon/derive/scope.hpp"

namespace washup::derive {

struct Discharge {
    core::StayId stay;
    core::PersonId person;  // the record that reads for all that were merged into it
    Date date;
    Place place;             // the last
    bool on_board = false;   // of the wash-up: it was discussed there, or an ideal was ever held
    core::Code ideal_first;  // held at first wash-up
    core::Code ideal_latest;
    core::Code actual;
    bool bed_expected = false;         // an expected outcome was once a bed
    bool lowered_after_ready = false;  // an ideal was made less independent after the ready time
    std::optional<int> delay_days;  // nothing without a ready date, or with one after the discharge
    core::Code pathway;             // by a source, else by the actual outcome; empty = unknown
    Reached reached_first = Reached::unknown;
    Reached reached_latest = Reached::unknown;
    std::optional<core::Band> actual_band;
};

std::optional<Discharge> discharge_of(core::State const& state, core::Stay const& stay);

// The ideal held when the stay was first washed up: the last that was said by the end of that
// meeting, else the first that was said at all. Empty when none ever was.
core::Code first_ideal(core::State const& state, core::Stay const& stay);

// A step's band, or the band itself; nothing for what is not on the ladder.
std::optional<core::Band> band_of(core::Config const& config, core::Code const& outcome);

enum class Return { none, readmitted, method_unknown, died };
// What became of the person in so many days after that discharge: an emergency admission to any
// connected site counts, an elective one does not.
Return came_back(core::State const& state, Discharge const& discharge, int days);

}  // namespace washup::derive
