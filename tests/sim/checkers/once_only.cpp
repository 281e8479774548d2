#include "tests/sim/checkers/once_only.hpp"

#include <fmt/format.h>

namespace washup::sim {

void OnceOnly::stored(core::Record const& record) {
    if (record.number.value() <= seen_) return;  // found again at a start
    seen_ = record.number.value();
    auto const& cause = record.cause;
    if (cause.kind == core::CauseKind::source) {
        auto& there = sequences_[{cause.source, cause.epoch}];
        if (there.size() <= cause.sequence) there.resize(cause.sequence + 1);
        if (there[cause.sequence]) {
            objections_.add("once_only", fmt::format("{} {} {} is there twice", cause.source,
                                                     cause.epoch, cause.sequence));
        }
        there[cause.sequence] = true;
        if (!contents_[cause.source].insert(blake2b_128(cause.record_name)).second) {
            objections_.add("once_only", fmt::format("the content of {} {} has two effects",
                                                     cause.source, cause.sequence));
        }
    }
    if (cause.kind == core::CauseKind::command &&
        !commands_.insert(blake2b_128(cause.command_id)).second) {
        objections_.add("once_only",
                        fmt::format("command {} was carried out twice", cause.command_id));
    }
}

}  // namespace washup::sim
