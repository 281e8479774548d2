#include "tests/sim/checkers/durability.hpp"

#include <fmt/format.h>

namespace washup::sim {
namespace {

std::string name_of(std::string const& source, std::string const& epoch) {
    return "source " + source + " " + epoch;
}

}  // namespace

void Durability::stored(core::Record const& record) {
    auto const& cause = record.cause;
    Cause is;
    if (cause.kind == core::CauseKind::source) {
        is = {name_of(cause.source, cause.epoch), cause.sequence};
    } else if (cause.kind == core::CauseKind::command) {
        is = {"command " + cause.command_id, 0};
    }
    auto const place = record.number.value();
    if (place == 0 || place > there_.size() + 1) {
        return objections_.add("durability",
                               fmt::format("record {} follows {}", place, there_.size()));
    }
    // Found again after a crash, or another in the place of one that was never told.
    there_.resize(place - 1);
    there_.push_back(std::move(is));
    auto const promised = promised_.find(place);
    if (promised == promised_.end()) return;
    auto const& now = there_.back();
    if (now.of != promised->second.of || now.sequence != promised->second.sequence) {
        objections_.add("durability", fmt::format("record {} was told to be {} {} and is {} {}",
                                                  place, promised->second.of,
                                                  promised->second.sequence, now.of, now.sequence));
    }
}

void Durability::promise(std::uint64_t record, Cause cause, std::uint64_t durable) {
    if (record == 0 || record > durable) {
        return objections_.add(
            "durability", fmt::format("{} {} was answered with record {}; durable is {}", cause.of,
                                      cause.sequence, record, durable));
    }
    if (record > there_.size() || there_[record - 1].of != cause.of ||
        there_[record - 1].sequence != cause.sequence) {
        return objections_.add("durability", fmt::format("{} {} is not what record {} says",
                                                         cause.of, cause.sequence, record));
    }
    promised_.emplace(record, std::move(cause));
}

void Durability::answered(std::string const& source, std::string const& epoch,
                          std::uint64_t sequence, std::uint64_t record, std::uint64_t durable) {
    auto const [it, fresh] = sources_.try_emplace({source, epoch, sequence}, record);
    if (!fresh && it->second != record) {
        objections_.add("durability", fmt::format("{} {} was answered with record {} and then {}",
                                                  source, sequence, it->second, record));
    }
    if (fresh) promise(record, {name_of(source, epoch), sequence}, durable);
}

void Durability::accepted(std::string const& command, std::uint64_t record, std::uint64_t durable) {
    auto const [it, fresh] = commands_.try_emplace(command, record);
    if (!fresh && it->second != record) {
        objections_.add("durability", fmt::format("command {} was accepted at {} and at {}",
                                                  command, it->second, record));
    }
    if (fresh) promise(record, {"command " + command, 0}, durable);
}

void Durability::shown(std::uint64_t head, std::uint64_t durable) {
    if (head <= durable) return;
    objections_.add("durability",
                    fmt::format("record {} was shown and durable is {}", head, durable));
}

void Durability::look(std::uint64_t head) {
    there_.resize(std::min<std::size_t>(there_.size(), head));
    if (promised_.empty() || promised_.rbegin()->first <= head) return;
    auto const& [record, cause] = *promised_.rbegin();
    objections_.add("durability", fmt::format("{} {} was answered with record {}, and the journal "
                                              "ends at {}",
                                              cause.of, cause.sequence, record, head));
}

}  // namespace washup::sim
