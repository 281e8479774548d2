#include "tests/sim/checkers/oracle.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include "daemon/core/each_sealed.hpp"
#include "tests/sim/checkers/naive/compare.hpp"
#include "tests/sim/checkers/naive/compare_state.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::sim {
namespace {

// Boards further behind than this are not live.
constexpr std::size_t published_kept = 4096;

bool is_same(v1::Row const& a, v1::Row const& b) {
    return wire::write_row(a) == wire::write_row(b);
}

std::string name_of(naive::Bar const& bar) {
    return bar.scope + '|' + bar.window + '|' +
           (bar.level == "leaf" ? bar.code + '|' + bar.local : bar.level + '|' + bar.code);
}

}  // namespace

void Oracle::object(std::string const& row, std::string const& words) {
    objections_.add("oracle", fmt::format("{} at record {}: {}", row, said_.head, words));
}

void Oracle::stored(core::Record record) {
    if (record.number.value() <= said_.head) return;  // found again at a start
    for (auto& event : record.events) {
        sealer_.open_event(event);
        auto shut = [](core::Sealed& words) {  // its key went before anybody looked
            if (words.text.empty()) naive::shut_words(words);
        };
        core::each_sealed(event, shut);
    }
    look_at_events(record);
    said_.add(record);
}

void Oracle::look_at_events(core::Record const& record) {
    // Whatever was due at its time was written before it.
    if (breaches_due_ && record.cause.kind != core::CauseKind::daemon) look_at_breaches(record.at);
    for (auto const& event : record.events) {
        auto words = naive::event_differs(said_, event, record.at);
        if (auto const* frozen = std::get_if<core::ParetoFrozen>(&event))
            words = naive::frozen_differs(said_, *frozen);
        if (!words.empty()) object(fmt::format("record {}", record.number.value()), words);
    }
}

void Oracle::look_at_breaches(Instant now) {
    breaches_due_ = false;
    for (auto const& [id, stay] : said_.stays) {
        if (stay.joined_into) continue;
        auto const words = naive::breaches_differ(said_, stay, now);
        if (!words.empty()) object(fmt::format("clocks of stay {}", id.value()), words);
    }
}

// ---- At each step -------------------------------------------------------------------------------

std::set<core::StayId> Oracle::move_beds(std::set<core::StayId> stays) {
    auto all = stays;
    for (auto const id : stays) {
        auto const it = said_.stays.find(id);
        auto const bed = it == said_.stays.end() ? "" : naive::bed_of(said_, it->second);
        auto const held = bed_of_.contains(id) ? bed_of_.at(id) : std::string{};
        if (bed == held) continue;
        for (auto const& of : {bed, held}) {
            if (of.empty()) continue;
            auto const& others = in_bed_[of];
            all.insert(others.begin(), others.end());
        }
        in_bed_[held].erase(id);
        if (in_bed_[held].empty()) in_bed_.erase(held);
        bed_of_.erase(id);
        if (bed.empty()) continue;
        in_bed_[bed].insert(id);
        bed_of_[id] = bed;
    }
    return all;
}

void Oracle::look_at_stay(core::StayId id, reader::Reader const& reader) {
    auto const& rows = reader.view(v1::VIEW_TIER_3).rows();
    look_at_stay(id, reader, rows.find(v1::Row::kStay, std::to_string(id.value())).get());
}

void Oracle::look_at_stay(core::StayId id, reader::Reader const& reader, v1::Row const* full) {
    auto const name = std::to_string(id.value());
    auto const it = said_.stays.find(id);
    auto const gone = it == said_.stays.end() || it->second.joined_into;
    ++rows_;
    if (gone != (full == nullptr)) {
        return object("stay " + name, gone ? "should not be there" : "is missing");
    }
    for (auto const view : reader::published_views) {
        auto const row = reader.view(view).rows().written(v1::Row::kStay, name);
        if (gone && !row.empty()) object("stay " + name, "is still on a wall");
    }
    if (gone) return;
    auto const bed = bed_of_.find(id);
    auto const crowded = bed != bed_of_.end() && in_bed_.at(bed->second).size() > 1;
    auto const words = naive::differs(said_, it->second, crowded, full->stay());
    if (!words.empty()) object("stay " + name, words);
    for (auto const view : {v1::VIEW_TIER_2, v1::VIEW_TIER_1, v1::VIEW_TIER_0}) {
        auto const row = reader.view(view).rows().written(v1::Row::kStay, name);
        auto const less = naive::differs(said_, view, it->second, *full, row);
        if (!less.empty()) object(fmt::format("stay {} in view {}", name, view), less);
    }
}

void Oracle::look_at_house(v1::Row const& row) {
    std::string words;
    if (row.has_service()) {
        auto const it = said_.services.find(row.id());
        words = it == said_.services.end() ? "nobody reported it"
                                           : naive::differs(it->second, row.service());
    } else if (row.has_staff()) {
        auto const it = said_.staff.find(row.id());
        words =
            it == said_.staff.end() ? "nobody added it" : naive::differs(it->second, row.staff());
    } else if (row.has_inbox()) {
        auto const it = said_.inbox.find(core::InboxId{row.inbox().item()});
        words = it == said_.inbox.end() ? "it does not wait for anybody"
                                        : naive::differs(it->second, row.inbox());
    } else if (row.has_source()) {
        auto const it = said_.sources.find(row.id());
        words = it == said_.sources.end() ? "" : naive::differs(it->second, row.source());
    } else {
        return;
    }
    ++rows_;
    if (!words.empty()) object(row.id(), words);
}

void Oracle::note(reader::Reader const& reader) {
    if (reader.state().head.value() != said_.head) {
        return object("the reader", fmt::format("is at {}", reader.state().head.value()));
    }
    for (auto const id : move_beds(said_.take_touched())) look_at_stay(id, reader);
    Published now{said_.head, {}};
    for (auto const view : reader::published_views) {
        now.views.emplace(view, reader.view(view).rows().fingerprint());
    }
    if (!published_.empty() && published_.back().head == now.head) {
        if (published_.back().views == now.views) return;
        objections_.add("oracle", fmt::format("record {} has two pictures", now.head));
    }
    published_.push_back(std::move(now));
    if (published_.size() > published_kept) published_.pop_front();
}

void Oracle::published(v1::Delta const& delta, reader::Reader const& reader) {
    if (delta.to() != said_.head) object("a delta", fmt::format("leads to {}", delta.to()));
    auto const& held = reader.view(delta.view()).rows();
    for (auto const& row : delta.rows()) {
        auto const truth = held.written(wire::row_kind(row), row.id());
        if (truth.empty() || truth != wire::write_row(row)) object("a delta", "has another row");
        if (delta.view() == v1::VIEW_TIER_3) look_at_house(row);
    }
    for (auto const& name : delta.removed()) {
        if (!held.written(name.kind(), name.id()).empty()) object("a delta", "takes away a row");
    }
}

// ---- Now and then -------------------------------------------------------------------------------

void Oracle::recount_sums(wire::FeedState const& rows) {
    auto const sums = naive::count(said_);
    std::size_t bars = 0, heads = 0;
    for (auto const& [bar, count] : sums.bars) {
        auto const kind = bar.level == "leaf" ? v1::Row::kTally : v1::Row::kPeople;
        auto const row = rows.find(kind, name_of(bar));
        auto const words = row == nullptr ? "is missing" : naive::differs(count, bar, *row);
        if (!words.empty()) object(name_of(bar), words);
    }
    for (auto const& [scope, head] : sums.heads) {
        auto const row = rows.find(v1::Row::kHeadline, scope);
        auto const words = row == nullptr ? "" : naive::differs(head, said_.today, row->headline());
        if (!words.empty()) object("head of " + scope, words);
    }
    rows.for_each([&](v1::Row const& row) {
        bars += row.has_tally() || row.has_people() ? 1 : 0;
        if (!row.has_headline()) return;
        ++heads;
        if (sums.heads.contains(row.id())) return;
        auto const words = naive::differs(naive::Head{}, said_.today, row.headline());
        if (!words.empty()) object("head of " + row.id(), words);
    });
    rows_ += bars + heads;
    if (bars != sums.bars.size()) {
        object("the Pareto", fmt::format("has {} bars of {}", bars, sums.bars.size()));
    }
}

void Oracle::recount_notes(core::State const& state) {
    for (auto const& [id, stay] : said_.stays) {
        auto words = naive::notes_differ(said_, stay, state);
        if (words.empty() && !stay.joined_into)
            words = naive::runs_differ(said_, stay, state, said_.last_at);
        if (!words.empty()) object(fmt::format("stay {}", id.value()), words);
    }
    auto const words = naive::meetings_differ(said_, state);
    if (!words.empty()) object("the wash-ups", words);
    breaches_due_ = true;
}

void Oracle::recount(reader::Reader const& reader) {
    recount_notes(reader.state());
    auto const& rows = reader.view(v1::VIEW_TIER_3).rows();
    std::set<core::StayId> missing;
    for (auto const& [id, stay] : said_.stays) missing.insert(missing.end(), id);
    move_beds(missing);
    std::size_t services = 0, inbox = 0, staff = 0;
    rows.for_each([&](v1::Row const& row) {
        look_at_house(row);
        services += row.has_service() ? 1 : 0;
        inbox += row.has_inbox() ? 1 : 0;
        staff += row.has_staff() ? 1 : 0;
        if (!row.has_stay()) return;
        missing.erase(core::StayId{row.stay().stay()});
        look_at_stay(core::StayId{row.stay().stay()}, reader, &row);
    });
    for (auto const id : missing) look_at_stay(id, reader);
    if (services != said_.services.size()) object("services", "are not all there");
    if (inbox != said_.inbox.size()) object("the inbox", "is not all there");
    if (staff != said_.staff.size()) object("the staff list", "is not all there");
    recount_sums(rows);
}

void Oracle::rebuild(reader::Reader const& reader) {
    reader::Reader const fresh{reader.state(), "rebuilt"};
    for (auto const view : reader::published_views) {
        auto const& truth = fresh.view(view).rows();
        auto const& kept = reader.view(view).rows();
        rows_ += truth.size();
        if (truth.fingerprint() == kept.fingerprint()) continue;
        truth.for_each([&](v1::Row const& row) {
            auto const shown = kept.find(wire::row_kind(row), row.id());
            if (shown != nullptr && is_same(row, *shown)) return;
            google::protobuf::util::MessageDifferencer differencer;
            std::string report = "it is missing";
            if (shown != nullptr) {
                differencer.ReportDifferencesToString(&report);
                differencer.Compare(row, *shown);
            }
            object(fmt::format("view {} row {} {}, rebuilt,", view, wire::row_kind(row), row.id()),
                   report);
        });
        kept.for_each([&](v1::Row const& row) {
            if (truth.find(wire::row_kind(row), row.id()) != nullptr) return;
            object(fmt::format("view {} row {} {}, rebuilt,", view, wire::row_kind(row), row.id()),
                   "it should be gone");
        });
    }
}

// ---- Boards -------------------------------------------------------------------------------------

void Oracle::look(std::string const& board, v1::View view, wire::Replica const& replica) {
    if (replica.state() != wire::ReplicaState::live) return;
    auto const it = std::lower_bound(
        published_.begin(), published_.end(), replica.head(),
        [](Published const& published, std::uint64_t head) { return published.head < head; });
    if (it == published_.end() || it->head != replica.head()) {
        return objections_.add("oracle", fmt::format("{} is live at {}, which nobody published",
                                                     board, replica.head()));
    }
    if (it->views.at(view) == replica.rows().fingerprint()) return;
    objections_.add("oracle",
                    fmt::format("{} is live at {} and shows other rows", board, replica.head()));
}

void Oracle::look_whole(std::string const& board, wire::Replica const& replica) {
    Fingerprint sum;
    replica.rows().for_each([&](v1::Row const& row) { sum.add(wire::row_digest(row)); });
    if (sum == replica.rows().fingerprint()) return;
    objections_.add("oracle", board + " has rows of another sum than it says");
}

}  // namespace washup::sim
