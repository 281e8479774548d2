#include "adapters/hl7v2/run_again.hpp"

#include "adapters/hl7v2/adt_mapper.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2 {
namespace {

constexpr std::size_t chunk = 256;

bool understood(adapters::StoredRecord const& record, ProfileSet const& profiles,
                std::string const& named) {
    auto const header = read_header(*record.raw);
    if (!header) return false;
    auto const& profile = profiles.choose(named, header->value(3), header->value(4));
    v1::Observation observation;
    map_octets(*record.raw, *header, profile, record.received, observation);
    return !observation.has_set_aside();
}

}  // namespace

Result<RunAgain> run_again(adapters::RecordStore& store, ProfileSet const& profiles,
                           std::string const& profile) {
    RunAgain out;
    for (std::uint64_t from = 1;;) {
        auto records = store.read_set_aside(from, chunk);
        if (!records) return records.error();
        if (records->empty()) return out;
        from = records->back().sequence + 1;
        std::vector<adapters::StoredRecord> again;
        for (auto& record : *records) {
            if (!record.raw) {
                ++out.forgotten;
            } else if (understood(record, profiles, profile)) {
                again.push_back(std::move(record));
            } else {
                ++out.waiting;
            }
        }
        if (again.empty()) continue;
        if (auto const first = store.append_again(again); !first) return first.error();
        out.again += again.size();
    }
}

}  // namespace washup::hl7v2
