#pragma once
// How often what happens: the shares of the national figures, as draws. Pathway mix, delay bands
// and mean, reasons among the delayed (all published; 2025-26 and July 2026). What no figure says,
// such as the share of people with a gap, is a guess of this test hospital and says nothing of a
// real one.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/prng.hpp"

namespace washup::hospital {

// Pathway of a discharge: 85.2, 9.9, 3.2, 1.7 %.
int draw_pathway(Prng& chance);

// Was the leaving delayed, and by how many midnights: none, 1, 2-3, 4-6, 7-13, 14-20, 21 and more.
// Those who go to a bed wait longer and those who go home as before shorter; over all the published
// bands stand.
bool draw_delayed(Prng& chance, int pathway);
int draw_delay_days(Prng& chance, int pathway);

struct Reason {
    std::string_view code;
    int share = 0;     // hundredths of a per cent of those waiting on a day
    int pathways = 0;  // bit p set: may hold a person of pathway p
};
std::span<Reason const> reasons();
Reason const& draw_reason(Prng& chance, int pathway);
// The hub's own words below a national reason ("Night sitting"); "" where it has none or used none.
std::string draw_local_reason(Prng& chance, std::string_view code);
// What somebody will do about it.
std::string draw_action(Prng& chance, std::string_view code);

struct Outcomes {
    std::string ideal, expected, actual;  // the hub's words
};
Outcomes draw_outcomes(Prng& chance, int pathway, std::string_view usual_residence);

// Days in bed until ready, by pathway; fractions of a day in hours.
int draw_hours_until_ready(Prng& chance, int pathway);

}  // namespace washup::hospital
