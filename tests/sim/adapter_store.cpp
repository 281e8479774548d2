#include "tests/sim/adapter_store.hpp"

namespace washup::sim {

std::uint64_t AdapterStore::append(std::vector<Stored> records, std::string const& key) {
    auto const first = last() + 1;
    index_[blake2b_128(key)] = first;
    for (auto& record : records) records_.push_back(std::move(record));
    return first;
}

std::optional<std::uint64_t> AdapterStore::find(std::string const& key) const {
    auto const it = index_.find(blake2b_128(key));
    return it == index_.end() ? std::nullopt : std::optional{it->second};
}

void AdapterStore::note_answered(std::uint64_t up_to) {
    for (; first_ <= up_to && !records_.empty(); ++first_) records_.pop_front();
}

std::vector<adapters::WaitingRecord> AdapterStore::waiting() const {
    std::vector<adapters::WaitingRecord> waiting;
    for (std::size_t i = 0; i < records_.size(); ++i) {
        waiting.push_back({first_ + i, records_[i].octets.size(), records_[i].received});
    }
    return waiting;
}

}  // namespace washup::sim
