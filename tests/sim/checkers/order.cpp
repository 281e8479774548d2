#include "tests/sim/checkers/order.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim {

void Order::asked(std::string const& asker, std::string what) {
    owed_[asker].push_back(std::move(what));
}

void Order::answered(std::string const& asker, std::string const& what, bool busy) {
    auto& owed = owed_[asker];
    if (busy) {
        auto const at = std::find(owed.rbegin(), owed.rend(), what);
        if (at != owed.rend()) owed.erase(std::next(at).base());
        return;
    }
    if (owed.empty() || owed.front() != what) {
        objections_.add("order", fmt::format("{} is answered on {} and was owed {}", asker, what,
                                             owed.empty() ? "nothing" : owed.front()));
    }
    auto const at = std::find(owed.begin(), owed.end(), what);
    if (at != owed.end()) owed.erase(at);
}

void Order::told(std::string const& session, std::uint64_t sequence) {
    auto& last = told_[session];
    if (sequence <= last) {
        objections_.add("order",
                        fmt::format("{} was told of {} after {}", session, sequence, last));
    }
    last = sequence;
}

void Order::stored(core::Record const& record) {
    auto const number = record.number.value();
    if (number <= last_) return;  // found again at a start
    if (number != last_ + 1) {
        objections_.add("order", fmt::format("record {} follows {}", number, last_));
    }
    if (record.at < last_at_) {
        objections_.add("order", fmt::format("record {} is before the one before it", number));
    }
    last_ = number;
    last_at_ = record.at;
    if (record.cause.kind != core::CauseKind::source) return;
    auto& sequence = sequences_[{record.cause.source, record.cause.epoch}];
    if (record.cause.sequence != sequence + 1) {
        objections_.add("order", fmt::format("{} {} follows {}", record.cause.source,
                                             record.cause.sequence, sequence));
    }
    sequence = record.cause.sequence;
}

}  // namespace washup::sim
