#include "tests/sim/checkers/oracle.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include "daemon/core/reading.hpp"
#include "daemon/reader/observed.hpp"
#include "daemon/reader/rows.hpp"
#include "daemon/reader/tier.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::sim {
namespace {

// Boards further behind than this are not live.
constexpr std::size_t published_kept = 4096;

std::string bed_of(core::State const& state, core::Stay const& stay) {
    if (stay.joined_into || core::end_of(state, stay)) return {};
    auto const place = core::read(state, stay, core::Field::location);
    if (!place.known() || !place.fact->value.location) return {};
    auto const& at = *place.fact->value.location;
    if (at.ward.empty() || at.bed.empty()) return {};
    auto const site = core::site_code(state.config, at.site);
    return (site.empty() ? at.site : site) + '/' + at.ward + '/' + at.bay + '/' + at.bed;
}

std::optional<std::uint64_t> number_in(std::string const& id) {
    std::uint64_t number = 0;
    auto const begin = id.data() + id.find_first_of("0123456789");
    if (id.find_first_of("0123456789") == std::string::npos) return {};
    if (std::from_chars(begin, id.data() + id.size(), number).ec != std::errc{}) return {};
    return number;
}

}  // namespace

void Oracle::stored(core::Record record) {
    if (record.number <= state_.head) return;  // found again at a start
    for (auto& event : record.events) sealer_.open_event(event);
    core::Changes changes;
    core::apply(state_, record, changes);
}

v1::Row Oracle::stay_row(core::Stay const& stay) const {
    auto row = reader::stay_row(state_, stay);
    auto const bed = bed_of(state_, stay);
    if (bed.empty()) return row;
    for (auto const& [id, other] : state_.stays) {
        if (id == stay.id || bed_of(state_, other) != bed) continue;
        row.mutable_stay()->add_marks("bed clash");
        reader::doubt(*row.mutable_stay()->mutable_bed(), "somebody else is in this bed");
        break;
    }
    return row;
}

// Only kinds whose rows stand for one thing; sums wait for the recount.
std::optional<v1::Row> Oracle::row_of(v1::View view, std::uint32_t kind,
                                      std::string const& id) const {
    std::optional<v1::Row> row;
    if (kind == v1::Row::kStay) {
        auto const number = number_in(id);
        auto const it = state_.stays.find(core::StayId{number.value_or(0)});
        if (it != state_.stays.end() && !it->second.joined_into) row = stay_row(it->second);
    } else if (kind == v1::Row::kSource) {
        row = reader::source_row(state_, id);
    } else if (kind == v1::Row::kService) {
        if (state_.services.contains(id)) row = reader::service_row(state_, id);
    } else if (kind == v1::Row::kStaff) {
        auto const it = state_.staff.find(id);
        if (it != state_.staff.end()) row = reader::staff_row(it->second);
    } else if (kind == v1::Row::kInbox) {
        auto const number = number_in(id);
        auto const it = state_.inbox.find(core::InboxId{number.value_or(0)});
        if (it != state_.inbox.end() && it->second.settled.empty()) {
            row = reader::inbox_row(it->second);
        }
    }
    if (row && !reader::restrict_to(view, state_.today.days, *row)) row.reset();
    return row;
}

void Oracle::differ(std::string const& where, v1::Row const& truth, v1::Row const& shown) {
    google::protobuf::util::MessageDifferencer differencer;
    std::string report;
    differencer.ReportDifferencesToString(&report);
    differencer.Compare(truth, shown);
    objections_.add("oracle",
                    fmt::format("{}: row {} {} is not as record {} has it: {}", where,
                                wire::row_kind(truth), truth.id(), state_.head.value(), report));
}

void Oracle::published(v1::Delta const& delta) {
    if (delta.to() != state_.head.value()) {
        return objections_.add("oracle", fmt::format("a delta leads to {}, and the journal to {}",
                                                     delta.to(), state_.head.value()));
    }
    for (auto const& row : delta.rows()) {
        auto const kind = wire::row_kind(row);
        bool const sum =
            kind == v1::Row::kTally || kind == v1::Row::kPeople || kind == v1::Row::kHeadline;
        bool const config = row.has_ladder() || row.has_reason() || row.has_team();
        if (sum || config) continue;
        ++rows_;
        auto const truth = row_of(delta.view(), kind, row.id());
        if (!truth) {
            objections_.add("oracle", fmt::format("row {} {} at {} should not be there", kind,
                                                  row.id(), delta.to()));
        } else if (wire::row_digest(*truth) != wire::row_digest(row)) {
            differ("a delta", *truth, row);
        }
    }
    for (auto const& name : delta.removed()) {
        ++rows_;
        if (!row_of(delta.view(), name.kind(), name.id())) continue;
        objections_.add("oracle", fmt::format("row {} {} at {} should still be there", name.kind(),
                                              name.id(), delta.to()));
    }
}

void Oracle::note(reader::Reader const& reader) {
    Published now{reader.state().head.value(), {}};
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

void Oracle::recount(reader::Reader const& reader) {
    if (reader.state().head != state_.head) {
        return objections_.add("oracle",
                               fmt::format("the reader is at {}, and the journal at {}",
                                           reader.state().head.value(), state_.head.value()));
    }
    if (core::fingerprint(reader.state()) != core::fingerprint(state_)) {
        objections_.add("oracle",
                        fmt::format("the reader's fold of {} is another", state_.head.value()));
    }
    reader::Reader const fresh{state_, "recount"};
    for (auto const view : reader::published_views) {
        auto const& truth = fresh.view(view).rows();
        auto const& kept = reader.view(view).rows();
        rows_ += truth.size();
        if (truth.fingerprint() == kept.fingerprint()) continue;
        auto const where = fmt::format("recount, view {}", static_cast<int>(view));
        truth.for_each([&](v1::Row const& row) {
            auto const* shown = kept.find(wire::row_kind(row), row.id());
            if (shown == nullptr) {
                objections_.add("oracle", fmt::format("{}: row {} {} is missing", where,
                                                      wire::row_kind(row), row.id()));
            } else if (wire::row_digest(row) != wire::row_digest(*shown)) {
                differ(where, row, *shown);
            }
        });
        kept.for_each([&](v1::Row const& row) {
            if (truth.find(wire::row_kind(row), row.id()) != nullptr) return;
            objections_.add("oracle", fmt::format("{}: row {} {} should be gone", where,
                                                  wire::row_kind(row), row.id()));
        });
    }
}

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
