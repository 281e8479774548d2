#include "tests/sim/checkers.hpp"

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include "daemon/journal/codec.hpp"
#include "proto/base/check.hpp"

namespace washup::sim {

std::vector<core::Record> read_records(journal::MemoryDisk const& disk) {
    std::vector<core::Record> records;
    for (auto const& stored : disk.records) {
        auto record = journal::decode_record(stored.body);
        WASHUP_CHECK(record.has_value(), "what the journal wrote can be read");
        records.push_back(std::move(*record));
    }
    return records;
}

std::vector<std::string> check_durability(std::vector<core::Record> const& records,
                                          Promises const& promises) {
    std::vector<std::string> broken;
    for (auto const& [name, number] : promises.acked) {
        if (number == 0 || number > records.size()) {
            broken.push_back(fmt::format("{} {} was acknowledged at {} and is not there",
                                         name.first, name.second, number));
            continue;
        }
        auto const& cause = records[number - 1].cause;
        if (cause.source != name.first || cause.sequence != name.second) {
            broken.push_back(
                fmt::format("record {} is not {} {}", number, name.first, name.second));
        }
    }
    for (auto const& [id, number] : promises.accepted_commands) {
        if (number == 0 || number > records.size() || records[number - 1].cause.command_id != id) {
            broken.push_back(
                fmt::format("command {} was accepted at {} and is not there", id, number));
        }
    }
    return broken;
}

std::vector<std::string> check_once_only(std::vector<core::Record> const& records) {
    std::vector<std::string> broken;
    std::set<std::pair<std::string, std::uint64_t>> sequences;
    std::set<std::string> commands;
    for (auto const& record : records) {
        auto const& cause = record.cause;
        if (cause.kind == core::CauseKind::source &&
            !sequences.insert({cause.source, cause.sequence}).second) {
            broken.push_back(fmt::format("{} {} is there twice", cause.source, cause.sequence));
        }
        if (cause.kind == core::CauseKind::command && !commands.insert(cause.command_id).second) {
            broken.push_back(fmt::format("command {} was carried out twice", cause.command_id));
        }
    }
    return broken;
}

std::vector<std::string> check_oracle(journal::MemoryDisk const& disk,
                                      journal::Sealer const& sealer, v1::View view,
                                      wire::Replica const& replica) {
    core::State state;
    core::Changes changes;
    for (auto& record : read_records(disk)) {
        if (record.number.value() > replica.head()) break;
        for (auto& event : record.events) sealer.open_event(event);
        core::apply(state, record, changes);
    }
    std::vector<std::string> broken;
    if (state.head.value() != replica.head()) {
        return {fmt::format("a live board is at {}, which is not durable", replica.head())};
    }
    reader::Reader const fresh{std::move(state), disk.epoch};
    auto const& truth = fresh.view(view).rows();
    if (truth.fingerprint() == replica.rows().fingerprint()) return broken;
    truth.for_each([&](v1::Row const& row) {
        auto const* shown = replica.rows().find(wire::row_kind(row), row.id());
        if (shown == nullptr) {
            broken.push_back(fmt::format("row {} {} is missing", wire::row_kind(row), row.id()));
        } else if (wire::row_digest(row) != wire::row_digest(*shown)) {
            google::protobuf::util::MessageDifferencer differ;
            std::string report;
            differ.ReportDifferencesToString(&report);
            differ.Compare(row, *shown);
            broken.push_back(fmt::format("row {} {} at {} differs: {}", wire::row_kind(row),
                                         row.id(), replica.head(), report));
        }
    });
    replica.rows().for_each([&](v1::Row const& row) {
        if (truth.find(wire::row_kind(row), row.id()) == nullptr) {
            broken.push_back(
                fmt::format("row {} {} should be gone", wire::row_kind(row), row.id()));
        }
    });
    return broken;
}

}  // namespace washup::sim
