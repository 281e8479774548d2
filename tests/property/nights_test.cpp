// Nights and the chess clock of whole lives, told late, twice, corrected and by several, against a
// calendar that looks at every quarter of an hour of what really happened (product.md section 3).

#include <numeric>

#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/derive/tallies.hpp"
#include "tests/property/lives.hpp"
#include "tests/property/properties.hpp"

namespace washup::tests {
namespace {

// Everything that Life notes.
constexpr std::size_t kinds_of_life = 43;

std::string words(std::vector<TrueNight> const& nights) {
    std::string all;
    for (auto const& night : nights)
        all += to_iso(Date{night.date}) + " " + night.site + "/" + night.ward + " " + night.reason +
               " " + night.holder + "\n";
    return all;
}

std::string words(std::vector<TruePiece> const& pieces) {
    std::string all;
    for (auto const& piece : pieces)
        all += to_rfc3339(piece.from) + " to " + to_rfc3339(piece.to) + " " +
               std::to_string(piece.blocker.value()) + " " + piece.holder + "\n";
    return all;
}

std::vector<TrueNight> told_nights(core::State const& state, core::Stay const& stay) {
    std::vector<TrueNight> nights;
    for (auto const& lost : derive::ledger(state, stay, state.today))
        nights.push_back({lost.date.days, lost.site, lost.ward, lost.reason, lost.holder});
    return nights;
}

std::vector<TruePiece> told_pieces(core::State const& state, core::Stay const& stay, Instant now) {
    std::vector<TruePiece> pieces;
    for (auto const& piece : derive::chess_clock(state, stay, now))
        pieces.push_back({piece.from, piece.to, piece.blocker, piece.holder});
    return pieces;
}

// The head of the hospital, as the leaves say it.
std::int64_t of_all(core::State const& state, derive::Window window) {
    derive::Tallies tallies;
    tallies.recount(state);
    std::int64_t sum = 0;
    for (auto const& [key, leaf] : tallies.leaves()) {
        if (key.scope == "all" && key.window == window) sum += leaf.bed_days;
    }
    return sum;
}

void expect_as_it_was(Ward const& ward, Life const& life) {
    auto const& state = ward.state();
    std::int64_t within_91 = 0;
    for (auto const& visit : life.visits()) {
        auto const* stay = ward.stay(visit.number, visit.authority);
        RC_ASSERT(stay != nullptr);
        auto const nights = visit.nights(life.master(), life.now());
        RC_LOG() << life.diary() << visit.number << " really\n"
                 << words(nights) << words(visit.pieces(life.master(), life.now())) << "told\n"
                 << words(told_nights(state, *stay))
                 << words(told_pieces(state, *stay, life.now()));
        RC_ASSERT(words(told_nights(state, *stay)) == words(nights));
        RC_ASSERT(words(told_pieces(state, *stay, life.now())) ==
                  words(visit.pieces(life.master(), life.now())));
        within_91 += std::count_if(nights.begin(), nights.end(), [&](auto const& night) {
            return state.today.days - night.date <= 91;
        });
    }
    RC_ASSERT(of_all(state, derive::Window::days_91) == within_91);
}

TEST(Nights, OfAWholeLifeAreThoseOfACalendarThatLooksAtEveryQuarterOfAnHour) {
    std::map<std::string, int> met;
    hold("nights and pieces = what really happened", [&](std::uint64_t seed) {
        Prng chance{seed};
        for (int i = 0; i < 60; ++i) {
            Ward ward;
            Life life{ward, chance, met};
            life.live();
            expect_as_it_was(ward, life);
        }
    });
    EXPECT_EQ(met.size(), kinds_of_life) << "lives that never met something prove nothing of it";
    for (auto const& [what, count] : met) EXPECT_GE(count, 10) << what;
}

}  // namespace
}  // namespace washup::tests
