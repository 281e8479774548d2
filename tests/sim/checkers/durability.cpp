#include "tests/sim/checkers/durability.hpp"

#include <cstring>

#include <fmt/format.h>

#include "proto/base/digest.hpp"

namespace washup::sim {
namespace {

// Never 0.
std::uint64_t digest_of(std::string const& words) {
    auto const digest = blake2b_128(words);
    std::uint64_t number = 0;
    std::memcpy(&number, digest.bytes.data(), sizeof number);
    return number | 1;
}

std::string words_of(std::string const& source, std::string const& epoch, std::uint64_t sequence) {
    return fmt::format("{} {} {}", source, epoch, sequence);
}
std::string content_of(std::string const& source, std::string const& content) {
    return source + "|" + content;
}

std::uint64_t& at_place(std::vector<std::uint64_t>& list, std::uint64_t number) {
    if (list.size() < number) list.resize(number);
    return list[number - 1];
}

}  // namespace

void Durability::stored(core::Record const& record) {
    auto const& cause = record.cause;
    std::uint64_t is = 1;
    if (cause.kind == core::CauseKind::source) {
        is = digest_of(words_of(cause.source, cause.epoch, cause.sequence));
        auto const content = digest_of(content_of(cause.source, cause.record_name));
        contents_.insert(content);
        owed_upstream_.erase(content);
    } else if (cause.kind == core::CauseKind::command) {
        is = digest_of("command " + cause.command_id);
    }
    auto const place = record.number.value();
    if (place == 0 || place > there_.size() + 1) {
        return objections_.add("durability",
                               fmt::format("record {} follows {}", place, there_.size()));
    }
    // Found again after a crash, or another in the place of one that was never told.
    there_.resize(place - 1);
    there_.push_back(is);
    auto const promised = at_place(promised_, place);
    if (promised == 0 || promised == is) return;
    objections_.add("durability",
                    fmt::format("record {} was told to be another cause's: now {} {}", place,
                                cause.source + cause.command_id, cause.sequence));
}

void Durability::promise(std::uint64_t record, std::uint64_t cause, std::string const& words,
                         std::uint64_t durable) {
    if (record == 0 || record > durable) {
        return objections_.add(
            "durability",
            fmt::format("{} was answered with record {}; durable is {}", words, record, durable));
    }
    if (record > there_.size() || there_[record - 1] != cause) {
        return objections_.add("durability",
                               fmt::format("{} is not what record {} says", words, record));
    }
    at_place(promised_, record) = cause;
    last_promised_ = std::max(last_promised_, record);
}

void Durability::answered(std::string const& source, std::string const& epoch,
                          std::uint64_t sequence, std::uint64_t record, std::uint64_t durable) {
    auto& told = at_place(sources_[{source, epoch}], sequence);
    auto const words = words_of(source, epoch, sequence);
    if (told != 0 && told != record) {
        objections_.add("durability", fmt::format("{} was answered with record {} and then {}",
                                                  words, told, record));
    }
    if (told != 0) return;
    told = record;
    ++answers_;
    promise(record, digest_of(words), words, durable);
}

void Durability::accepted(std::string const& command, std::uint64_t record, std::uint64_t durable) {
    auto const [it, fresh] = commands_.try_emplace(command, record);
    if (!fresh && it->second != record) {
        objections_.add("durability", fmt::format("command {} was accepted at {} and at {}",
                                                  command, it->second, record));
    }
    auto const words = "command " + command;
    if (fresh) promise(record, digest_of(words), words, durable);
}

void Durability::shown(std::uint64_t head, std::uint64_t durable) {
    last_shown_ = std::max(last_shown_, head);
    if (head <= durable) return;
    objections_.add("durability",
                    fmt::format("record {} was shown and durable is {}", head, durable));
}

void Durability::look(std::uint64_t head) {
    there_.resize(std::min<std::size_t>(there_.size(), head));
    auto const told = std::max(last_promised_, last_shown_);
    if (told <= head) return;
    objections_.add(
        "durability",
        fmt::format("record {} was told or shown, and the journal ends at {}", told, head));
}

// ---- The road from the ward ---------------------------------------------------------------------

void Durability::acknowledged(std::string const& source, std::string const& content, bool stands) {
    ++acknowledgements_;
    auto const name = content_of(source, content);
    auto const digest = digest_of(name);
    if (contents_.contains(digest)) return;
    if (!stands) {
        objections_.add("durability", fmt::format("{} was acknowledged and stands nowhere", name));
    }
    owed_upstream_.emplace(digest, name);
}

void Durability::look_upstream() {
    for (auto const& [digest, name] : owed_upstream_) {
        objections_.add("durability",
                        fmt::format("{} was acknowledged to its ward and never came", name));
    }
}

}  // namespace washup::sim
