#include "tests/sim/checkers/naive/told.hpp"

#include <algorithm>
#include <tuple>

namespace washup::sim::naive {
namespace {

bool same(core::Value const& a, core::Value const& b) {
    if (&a == &b) return true;
    return a.code == b.code && a.moment == b.moment && a.location == b.location &&
           a.text.text == b.text.text;
}

bool named_by(Cancel const& cancel, Fact const& fact) {
    if (fact.record == cancel.record || fact.recorded > cancel.recorded) return false;
    if (!cancel.only_code.empty() && fact.value().code != cancel.only_code) return false;
    return !cancel.location || fact.value().location == cancel.location;
}

bool said_again(Cancel const& a, Cancel const& b) {
    return a.recorded == b.recorded && a.occurred == b.occurred && a.location == b.location &&
           a.only_code == b.only_code && a.source == b.source;
}

// The last word of a source, and since when it says so.
struct Word {
    Fact const* since = nullptr;
    Fact const* last = nullptr;
    std::string const& source() const { return last->source(); }
};

bool before(Fact const& a, Fact const& b) {
    return std::tuple{a.occurred.at, a.recorded, a.message_at, a.record} <
           std::tuple{b.occurred.at, b.recorded, b.message_at, b.record};
}

std::vector<Field const*> fields_of(Said const& said, Stay const& stay, core::Field field) {
    std::vector<Field const*> all;
    auto const look = [&](std::map<core::Field, Field> const& fields) {
        auto const it = fields.find(field);
        if (it != fields.end()) all.push_back(&it->second);
    };
    if (static_cast<int>(field) < 20) {
        for (auto const id : said.records_of(said.reads_for(stay.person))) {
            auto const it = said.persons.find(id);
            if (it != said.persons.end()) look(it->second.fields);
        }
    } else {
        for (auto const* part : said.parts_of(stay)) look(part->fields);
    }
    return all;
}

void sort_by_time(std::vector<Fact const*>& facts) {
    auto const earlier = [](auto const* a, auto const* b) { return before(*a, *b); };
    if (std::is_sorted(facts.begin(), facts.end(), earlier)) return;
    std::stable_sort(facts.begin(), facts.end(), earlier);
}

// The last word of each source.
std::vector<Word> words_of(std::vector<Fact const*> const& facts) {
    std::vector<Word> words;
    for (auto const* fact : facts) {
        auto word = std::find_if(words.begin(), words.end(),
                                 [&](Word const& word) { return word.source() == fact->source(); });
        if (word == words.end()) word = words.insert(word, Word{fact, fact});
        if (!same(word->since->value(), fact->value())) word->since = fact;
        word->last = fact;
    }
    return words;
}

Now weigh(std::vector<Fact const*> facts, std::string const& master) {
    sort_by_time(facts);
    auto const words = words_of(facts);
    Word const* wins = nullptr;
    for (auto const& word : words) {
        if (word.source() == master) {
            wins = &word;
            break;
        }
        if (wins == nullptr || before(*wins->since, *word.since)) wins = &word;
    }
    Now now;
    if (wins == nullptr) return now;
    now.since = wins->since;
    now.confirmed = wins->last->received;
    for (auto const& word : words) {
        if (&word == wins) continue;
        if (same(word.since->value(), wins->since->value())) {
            now.confirmed = std::max(now.confirmed, word.last->received);
        } else if (word.last->occurred.at > wins->since->occurred.at) {
            now.others.push_back(word.since);
        }
    }
    return now;
}

}  // namespace

std::vector<Fact const*> standing(Field const& field, bool last_only) {
    std::vector<Fact const*> facts;
    facts.reserve(field.facts.size());
    for (auto const& fact : field.facts) facts.push_back(&fact);
    std::vector<Cancel const*> cancels;
    for (auto const& cancel : field.cancels) cancels.push_back(&cancel);
    std::stable_sort(cancels.begin(), cancels.end(), [](auto const* a, auto const* b) {
        return std::tuple{a->recorded, a->record} < std::tuple{b->recorded, b->record};
    });
    for (std::size_t c = 0; c < cancels.size(); ++c) {
        auto const& cancel = *cancels[c];
        if (c > 0 && said_again(*cancels[c - 1], cancel)) continue;
        bool exact = false;
        for (auto const* fact : facts) {
            exact = exact || (cancel.occurred && named_by(cancel, *fact) &&
                              fact->occurred.at == *cancel.occurred);
        }
        auto const meant = [&](Fact const& fact) {
            return named_by(cancel, fact) && (!exact || fact.occurred.at == *cancel.occurred);
        };
        Instant latest{};
        bool any = false;
        for (auto const* fact : facts) {
            if (meant(*fact)) latest = fact->occurred.at, any = true;
        }
        if (!any) continue;
        std::erase_if(facts, [&](Fact const* fact) {
            return meant(*fact) && (!last_only || fact->occurred.at == latest);
        });
    }
    return facts;
}

Now now(Said const& said, Stay const& stay, core::Field field) {
    std::vector<Fact const*> facts;
    std::optional<Instant> confirmed;
    for (auto const* of : fields_of(said, stay, field)) {
        for (auto const* fact : standing(*of, field == core::Field::location)) {
            facts.push_back(fact);
        }
        if (of->confirmed && (!confirmed || *confirmed < *of->confirmed)) confirmed = of->confirmed;
    }
    std::string master;
    for (auto const& entry : said.config.masters) {
        if (entry.field == field && master.empty()) master = entry.source;
    }
    auto now = weigh(std::move(facts), master);
    if (now.since != nullptr && confirmed) now.confirmed = std::max(now.confirmed, *confirmed);
    return now;
}

std::optional<End> end_of(Said const& said, Stay const& stay) {
    auto const at = [](Fact const& fact) { return fact.value().moment.value_or(fact.occurred); };
    auto const ending = now(said, stay, core::Field::ending);
    auto const died = now(said, stay, core::Field::died_at);
    if (!ending.known() && !died.known()) return {};
    if (!ending.known()) return End{"died", at(*died.since).at, at(*died.since).precision};
    End const left{ending.since->value().code, at(*ending.since).at, at(*ending.since).precision};
    if (!died.known() || left.how == "recorded_in_error") return left;
    // Who died first did not leave; a death before the admission is nobody's here.
    auto const admitted = now(said, stay, core::Field::admitted_at);
    auto const death = at(*died.since);
    if (admitted.known() && admitted.since->value().moment &&
        london_date(death.at) < london_date(admitted.since->value().moment->at)) {
        return left;
    }
    auto const died_on = london_date(death.at), left_on = london_date(left.at);
    bool const by_date = at(*ending.since).precision == Precision::date;
    bool const same_day =
        died_on == left_on && death.precision != Precision::date && (by_date || death.at < left.at);
    if (died_on < left_on || same_day) return End{"died", death.at, death.precision};
    return left;
}

std::string site_of(Said const& said, core::Location const& place) {
    for (auto const& site : said.config.sites) {
        if (site.code == place.site) return site.code;
        for (auto const& alias : site.aliases) {
            if (alias == place.site) return site.code;
        }
    }
    return place.site;
}

std::string team_of(Said const& said, Stay const& stay, core::Location const& place) {
    auto const team = now(said, stay, core::Field::team);
    if (team.known()) return team.since->value().code;
    bool configured = false;
    auto const site = site_of(said, place);
    for (auto const& entry : said.config.sites) configured = configured || entry.code == site;
    std::string found;
    for (auto const& ward : said.config.wards) {
        if (ward.code != place.ward) continue;
        if (!configured) found = ward.team;  // the ward's name is all there is
        if (configured && ward.site == site) return ward.team;
    }
    return found;
}

std::string bed_of(Said const& said, Stay const& stay) {
    if (stay.joined_into || end_of(said, stay)) return {};
    auto const place = now(said, stay, core::Field::location);
    if (!place.known() || !place.since->value().location) return {};
    auto const& at = *place.since->value().location;
    if (at.ward.empty() || at.bed.empty()) return {};
    return site_of(said, at) + "/" + at.ward + "/" + at.bay + "/" + at.bed;
}

// ---- The chess clock and the lost midnights -----------------------------------------------------

namespace {

bool open_at(Blocker const& blocker, Instant at) {
    return blocker.said.opened.at <= at && !(blocker.closed && blocker.closed->at <= at);
}

}  // namespace

Blocker const* holds_at(Said const& said, Stay const& stay, Instant at) {
    HandOver const* handed = nullptr;
    Blocker const* earliest = nullptr;
    auto const parts = said.parts_of(stay);
    for (auto const* part : parts) {
        for (auto const& hand_over : part->hand_overs) {
            if (hand_over.at > at) continue;
            if (handed == nullptr || std::tuple{handed->at, handed->record} <
                                         std::tuple{hand_over.at, hand_over.record}) {
                handed = &hand_over;
            }
        }
    }
    for (auto const* part : parts) {
        for (auto const& blocker : part->blockers) {
            if (!open_at(blocker, at)) continue;
            if (handed != nullptr && handed->blocker == blocker.said.blocker) return &blocker;
            if (earliest == nullptr ||
                std::tuple{blocker.said.opened.at, blocker.said.blocker} <
                    std::tuple{earliest->said.opened.at, earliest->said.blocker}) {
                earliest = &blocker;
            }
        }
    }
    return earliest;
}

namespace {

// All that was said of where it is, in order.
std::vector<Fact const*> places_of(Said const& said, Stay const& stay) {
    std::vector<Fact const*> places;
    for (auto const* field : fields_of(said, stay, core::Field::location)) {
        for (auto const* fact : standing(*field, true)) {
            if (fact->value().location) places.push_back(fact);
        }
    }
    sort_by_time(places);
    return places;
}

// The last place said before it, else the first that was said at all.
core::Location place_at(std::vector<Fact const*> const& places, Instant at) {
    Fact const* found = nullptr;
    for (auto const* place : places) {
        if (found == nullptr || place->occurred.at <= at) found = place;
    }
    return found == nullptr ? core::Location{} : *found->value().location;
}

}  // namespace

core::Location place_at(Said const& said, Stay const& stay, Instant at) {
    return place_at(places_of(said, stay), at);
}

// When the person came, if anybody says so.
static std::optional<Instant> bed_since(Said const& said, Stay const& stay) {
    auto const admitted = now(said, stay, core::Field::admitted_at);
    if (!admitted.known() || !admitted.since->value().moment) return {};
    return admitted.since->value().moment->at;
}

std::vector<Midnight> lost_midnights(Said const& said, Stay const& stay) {
    std::vector<Midnight> midnights;
    auto const ready = now(said, stay, core::Field::discharge_ready);
    if (!ready.known() || !ready.since->value().moment) return midnights;
    auto const end = end_of(said, stay);
    if (end && end->how == "recorded_in_error") return midnights;
    auto const places = places_of(said, stay);
    for (auto date = london_date(ready.since->value().moment->at); date < said.today;
         date = date + 1) {
        if (end && date >= london_date(end->at)) break;
        if (bed_since(said, stay) && date < london_date(*bed_since(said, stay))) continue;
        // What is told by the next date alone came after this date's last instant.
        auto const midnight = london_midnight(date + 1) - milliseconds(1);
        auto const place = place_at(places, midnight);
        midnights.push_back({date, site_of(said, place), team_of(said, stay, place), place.ward,
                             holds_at(said, stay, midnight)});
    }
    return midnights;
}

std::vector<Piece> chess_clock(Said const& said, Stay const& stay) {
    std::vector<Piece> pieces;
    auto const ready = now(said, stay, core::Field::discharge_ready);
    if (!ready.known() || !ready.since->value().moment) return pieces;
    auto const& moment = *ready.since->value().moment;
    auto from = moment.precision == Precision::date ? london_midnight(london_date(moment.at) + 1)
                                                    : moment.at;
    if (auto const bed = bed_since(said, stay); bed && *bed > from) from = *bed;
    auto const end = end_of(said, stay);
    if (end && (end->at <= from || end->how == "recorded_in_error")) return pieces;
    std::vector<Instant> turns{from};
    for (auto const* part : said.parts_of(stay)) {
        for (auto const& blocker : part->blockers) {
            turns.push_back(blocker.said.opened.at);
            if (blocker.closed) turns.push_back(blocker.closed->at);
        }
        for (auto const& hand_over : part->hand_overs) turns.push_back(hand_over.at);
    }
    std::sort(turns.begin(), turns.end());
    for (auto const at : turns) {
        if (at < from || (end && at >= end->at)) continue;
        auto const* holder = holds_at(said, stay, at);
        if (!pieces.empty()) {
            if (pieces.back().held_by == holder) continue;
            pieces.back().to = at;
        }
        pieces.push_back({at, {}, holder});
    }
    if (end) pieces.back().to = end->at;
    return pieces;
}

// ---- Marks
// ---------------------------------------------------------------------------------------

namespace {

// The ward's own last word is that it ended, and people alone took that back.
bool undone_by_hand(Said const& said, Stay const& stay) {
    if (now(said, stay, core::Field::ending).known()) return false;
    for (auto const* part : said.parts_of(stay)) {
        auto const it = part->fields.find(core::Field::ending);
        if (it == part->fields.end()) continue;
        auto by_sources = it->second;
        std::erase_if(by_sources.cancels, [](auto const& c) { return c.source == "board"; });
        auto const word = weigh(standing(by_sources, false), {});
        if (word.known() && word.since->source() != "board") return true;
    }
    return false;
}

}  // namespace

std::vector<std::string> marks_of(Said const& said, Stay const& stay) {
    std::vector<std::string> marks;
    auto const end = end_of(said, stay);
    if (undone_by_hand(said, stay)) marks.push_back("ward says discharged");
    if (stay.provisional) {
        marks.push_back(stay.asked ? "announced over 48 h ago, on no ward"
                                   : "announced, not yet on a ward");
    }
    if (end && end->how == "discharged" && !now(said, stay, core::Field::actual_outcome).known()) {
        marks.push_back("actual outcome missing");
    }
    auto const admitted = now(said, stay, core::Field::admitted_at);
    if (!admitted.known() || !admitted.since->value().moment) return marks;
    for (auto const record : said.records_of(said.reads_for(stay.person))) {
        auto const it = said.persons.find(record);
        if (it == said.persons.end()) continue;
        for (auto const id : it->second.stays) {
            if (id == stay.id || !said.stays.contains(id)) continue;
            auto const ending = now(said, said.stays.at(id), core::Field::ending);
            if (!ending.known() || ending.since->value().code != "discharged") continue;
            if (!ending.since->value().moment) continue;
            auto const days = london_date(admitted.since->value().moment->at) -
                              london_date(ending.since->value().moment->at);
            if (days >= 0 && days <= 90) {
                marks.push_back("back after " + std::to_string(days) + " d");
            }
        }
    }
    return marks;
}

}  // namespace washup::sim::naive
