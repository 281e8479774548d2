#include <algorithm>

#include "tests/property/lives.hpp"

// The truth of a life, counted by looking: no sums, no turns, a quarter of an hour after another.

namespace washup::tests {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

bool leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// The first day of a month, counted up from 1970 year by year.
int first_of(int year, int month) {
    int days = 0;
    for (int y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int m = 1; m < month; ++m) days += lengths[m - 1] + (m == 2 && leap(year) ? 1 : 0);
    return days;
}

// 1 January 1970 was a Thursday; March and October have 31 days.
int last_sunday(int year, int month) {
    int day = first_of(year, month) + 30;
    while ((day + 4) % 7 != 0) --day;
    return day;
}

bool summer(Instant at) {
    for (int year = 2026; year <= 2028; ++year) {
        auto const hour = std::int64_t{3'600'000};
        if (at.ms >= last_sunday(year, 3) * day_ms + hour &&
            at.ms < last_sunday(year, 10) * day_ms + hour)
            return true;
    }
    return false;
}

}  // namespace

London naive_london(Instant at) {
    auto const local = at.ms + (summer(at) ? 3'600'000 : 0);
    auto const days = floor_div(local, day_ms);
    return {static_cast<int>(days), static_cast<int>((local - days * day_ms) / 60'000)};
}

Instant naive_midnight(int days) {
    for (Instant at{days * day_ms - 7'200'000};; at = at + tick) {
        auto const wall = naive_london(at);
        if (wall.days == days && wall.minutes == 0) return at;
    }
}

std::string When::text() const {
    return by_date ? to_iso(Date{naive_london(at).days}) : to_rfc3339(at);
}
Instant When::from() const {
    return by_date ? naive_midnight(naive_london(at).days) : at;
}

// Each source's own repetition says nothing new; the master's word counts, else the latest.
std::optional<When> TrueVisit::ready(std::string const& master) const {
    struct Word {
        Instant since;
        std::optional<When> ready;
    };
    auto const same = [](std::optional<When> const& a, std::optional<When> const& b) {
        return a.has_value() == b.has_value() && (!a || a->text() == b->text());
    };
    std::map<std::string, Word> words;
    for (auto const& saying : sayings) {
        auto const known = words.find(saying.source);
        if (known != words.end() && same(known->second.ready, saying.ready)) continue;
        words[saying.source] = {saying.said, saying.ready};
    }
    if (words.contains(master)) return words.at(master).ready;
    Word latest;
    for (auto const& [source, word] : words) {
        if (word.since >= latest.since) latest = word;
    }
    return latest.ready;
}

// The person left or died, whatever came first; of one day, the one that has a time.
std::optional<Instant> TrueVisit::over() const {
    if (!ended || !died)
        return ended  ? std::optional{ended->from()}
               : died ? std::optional{died->from()}
                      : std::nullopt;
    auto const left = naive_london(ended->at).days, dead = naive_london(died->at).days;
    if (left != dead) return left < dead ? ended->from() : died->from();
    if (died->by_date) return ended->from();
    return ended->by_date ? died->from() : std::min(ended->at, died->at);
}

TrueBlocker const* TrueVisit::holder(Instant at) const {
    auto const open = [at](TrueBlocker const& blocker) {
        return blocker.opened.from() <= at && (!blocker.closed || at < blocker.closed->from());
    };
    TrueBlocker const* first = nullptr;
    for (auto const& blocker : blockers) {
        if (!open(blocker)) continue;
        if (first == nullptr || blocker.opened.from() < first->opened.from() ||
            (blocker.opened.from() == first->opened.from() && blocker.id < first->id))
            first = &blocker;
    }
    TrueHandOver const* last = nullptr;
    for (auto const& hand : hand_overs) {
        if (hand.at <= at && (last == nullptr || hand.at >= last->at)) last = &hand;
    }
    if (last == nullptr) return first;
    for (auto const& blocker : blockers) {
        if (blocker.id == last->to && open(blocker)) return &blocker;
    }
    return first;
}

std::vector<TrueNight> TrueVisit::nights(std::string const& master, Instant now) const {
    std::vector<TrueNight> nights;
    auto const since = ready(master);
    if (!since || in_error) return nights;
    auto const last = over();
    for (int date = first_of(2026, 1); date < naive_london(now).days; ++date) {
        if (date < naive_london(since->at).days) continue;                 // not ready
        if (admitted && date < naive_london(admitted->at).days) continue;  // not in bed yet
        if (last && naive_london(*last).days <= date) continue;            // not any more
        // As the night's date ends.
        auto const midnight = naive_midnight(date + 1) - milliseconds(1);
        TrueNight night{date, places.front().site, places.front().ward, {}, {}};
        for (auto const& place : places) {
            if (place.since.from() <= midnight) night.site = place.site, night.ward = place.ward;
        }
        if (auto const* held = holder(midnight))
            night.reason = held->reason, night.holder = held->holder;
        nights.push_back(night);
    }
    return nights;
}

std::vector<TruePiece> TrueVisit::pieces(std::string const& master, Instant now) const {
    std::vector<TruePiece> pieces;
    auto const since = ready(master);
    if (!since || in_error) return pieces;
    auto from = since->by_date ? naive_midnight(naive_london(since->at).days + 1) : since->at;
    if (admitted) from = std::max(from, admitted->from());
    for (auto at = from; at < over().value_or(now); at = at + tick) {
        auto const* held = holder(at);
        auto const id = held == nullptr ? core::BlockerId{} : held->id;
        if (pieces.empty() || pieces.back().blocker != id)
            pieces.push_back({at, {}, id, held == nullptr ? "" : held->holder});
        pieces.back().to = at + tick;
    }
    return pieces;
}

}  // namespace washup::tests
