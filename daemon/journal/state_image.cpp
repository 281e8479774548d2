#include "daemon/journal/state_image.hpp"

#include <algorithm>
#include <charconv>
#include <future>

#include <fmt/format.h>

#include "daemon/journal/files.hpp"
#include "daemon/journal/wire_reader.hpp"
#include "daemon/journal/wire_writer.hpp"
#include "proto/base/log.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "WSHUIMG1";
constexpr std::size_t mark_bytes = 32;
constexpr auto before_head = magic.size() + 8;

// What describe() leaves out of the fingerprint, because it follows from the rest, does not all
// follow in the same order: who came first to a number is known by the index alone.
struct Whole {
    core::State state;
    static void describe(auto& self, auto&& field) {
        core::State::describe(self.state, field);
        field(101, self.state.config);
        field(102, self.state.person_by_key);
        field(103, self.state.stay_by_key);
        field(104, self.state.waiting);
        field(105, self.state.deadlines);
        field(106, self.state.command_order);
        field(107, self.state.announced);
    }
};
struct WholeView {
    core::State const& state;
    static void describe(auto& self, auto&& field) { Whole::describe(self, field); }
};

void put_u32(Bytes& out, std::size_t number) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift & 0xFF);
}
std::uint32_t get_u32(std::string_view bytes) {
    std::uint32_t number = 0;
    for (int i = 3; i >= 0; --i) {
        number = number << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    }
    return number;
}

template <class T>
Result<T> decode(std::string_view bytes, char const* what) {
    T value;
    WireReader reader;
    if (reader.message(bytes, value)) return value;
    return invalid(fmt::format("{}: field {} {}", what, reader.path(), reader.words()));
}

struct Parts {
    std::string_view head, state;
};

// Believes nothing yet: whether the mark fits is looked at meanwhile.
// `marked` is all before the mark. Believes nothing yet: whether the mark fits is found meanwhile.
Result<Parts> take_apart(std::string_view marked) {
    if (auto const version = get_u32(marked.substr(magic.size())); version != state_version) {
        return invalid(fmt::format("has state version {}, and this is {}", version, state_version));
    }
    auto const head_bytes = get_u32(marked.substr(magic.size() + 4));
    if (head_bytes > marked.size() - before_head) return invalid("has a head beyond its end");
    return Parts{marked.substr(before_head, head_bytes), marked.substr(before_head + head_bytes)};
}

// Of a State that was encoded the entries of the map that grows for ever, and so most of it: from
// `persons` up to `end`.
struct PersonEntries {
    std::vector<std::string_view> from;  // each entry and all that follows it
    std::string_view end;
};

// None: no persons, or no message; whoever reads it all says what is wrong with it.
std::optional<PersonEntries> find_persons(std::string_view bytes) {
    constexpr std::uint64_t persons = 5 << 3 | static_cast<unsigned>(WireType::length_delimited);
    PersonEntries found;
    for (auto rest = bytes; !rest.empty();) {
        auto const entry = rest;
        std::uint64_t tag = 0, number = 0;
        if (!WireReader::varint(rest, tag) || !WireReader::varint(rest, number)) return {};
        if ((tag & 7) == static_cast<unsigned>(WireType::length_delimited)) {
            if (number > rest.size()) return {};
            rest.remove_prefix(number);
        }
        if (tag == persons) {
            found.from.push_back(entry);
            found.end = rest;
        } else if (!found.from.empty()) {
            return found;
        }
    }
    return found.from.empty() ? std::nullopt : std::optional{found};
}

Result<void> write_synced(fs::path const& path, std::string_view bytes) {
    Descriptor const fd{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (!fd) return system_error("make", path);
    if (!write_whole(fd.get(), bytes) || ::fsync(fd.get()) != 0) return system_error("write", path);
    return {};
}

}  // namespace

Bytes encode_state(core::State const& state) {
    Bytes out;
    WireWriter{out}.message(WholeView{state});
    return out;
}

Result<core::State> decode_state(std::string_view bytes) {
    auto const persons = find_persons(bytes);
    if (!persons) {
        auto whole = decode<Whole>(bytes, "state");
        if (!whole) return whole.error();
        return std::move(whole->state);
    }
    // Two threads read about half of the octets each: one of them the last of the persons alone.
    auto const cut = std::partition_point(
        persons->from.begin(), persons->from.end(),
        [&](auto const& rest) { return 2 * (rest.size() - persons->end.size()) > bytes.size(); });
    auto const last = cut == persons->from.end() ? persons->end : *cut;
    auto apart = std::async(std::launch::async, [&] {
        return decode<Whole>(last.substr(0, last.size() - persons->end.size()), "state");
    });
    Whole whole;
    WireReader reader;
    auto const read = reader.message(bytes.substr(0, bytes.size() - last.size()), whole) &&
                      reader.message(persons->end, whole);
    auto others = apart.get();
    if (!read) return invalid(fmt::format("state: field {} {}", reader.path(), reader.words()));
    if (!others) return others.error();
    whole.state.persons.merge(others->state.persons);
    return std::move(whole.state);
}

fs::path StateImages::path_of(core::RecordNumber number) const {
    return folder_ / fmt::format("{:012}.state", number.value());
}

std::vector<core::RecordNumber> StateImages::numbers() const {
    std::vector<core::RecordNumber> found;
    for (auto const& name : names_in(folder_)) {
        std::uint64_t number = 0;
        auto const [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (fault == std::errc{} && std::string_view{end} == ".state") {
            found.emplace_back(number);
        }
    }
    std::sort(found.begin(), found.end(), std::greater<>{});
    return found;
}

Result<void> StateImages::keep(core::State const& state, ImageHead const& head) const {
    if (auto const made = make_data_dir(folder_); !made) return made.error();
    Bytes head_bytes;
    WireWriter{head_bytes}.message(head);
    Bytes out{magic};
    put_u32(out, state_version);
    put_u32(out, head_bytes.size());
    out += head_bytes;
    out += encode_state(state);
    out += as_bytes(sealer_.seal_mark(out));

    auto const path = path_of(head.number);
    std::error_code failed;
    for (auto const& left : names_in(folder_)) {  // by a kill
        if (left.ends_with(".new")) fs::remove(folder_ / left, failed);
    }
    auto unfinished = path;
    unfinished += ".new";
    if (auto const written = write_synced(unfinished, out); !written) {
        fs::remove(unfinished, failed);  // a full disk needs the room
        return written.error();
    }
    fs::rename(unfinished, path, failed);
    if (failed || !sync_directory(folder_)) return system_error("keep", path);
    auto const held = numbers();
    for (auto i = images_max; i < held.size(); ++i) fs::remove(path_of(held[i]), failed);
    return {};
}

Result<core::State> StateImages::read(core::RecordNumber number, Fits const& fits) const {
    auto const bytes = read_file(path_of(number));
    if (!bytes) return bytes.error();
    if (!*bytes) return io_error("is gone");
    std::string_view const all = **bytes;
    if (all.size() < before_head + mark_bytes || !all.starts_with(magic)) {
        return invalid("is no image, or is cut short");
    }
    auto const marked = all.substr(0, all.size() - mark_bytes);
    // To make the mark takes a tenth of what reading takes, so nobody waits for it: what was read
    // counts only when the mark fits.
    auto marking = std::async(std::launch::async, [&] { return sealer_.seal_mark(marked); });
    auto state = read_marked(number, marked, fits);
    auto const mark = marking.get();
    if (as_bytes(mark) != all.substr(marked.size())) {
        return invalid("is damaged, or was made under another site key");
    }
    return state;
}

Result<core::State> StateImages::read_marked(core::RecordNumber number, std::string_view marked,
                                             Fits const& fits) const {
    auto const parts = take_apart(marked);
    if (!parts) return parts.error();
    auto const head = decode<ImageHead>(parts->head, "head");
    if (!head) return head.error();
    if (head->number != number || !fits(*head)) return invalid("is not of this journal");
    return decode_state(parts->state);
}

std::optional<core::State> StateImages::newest(core::RecordNumber up_to, Fits const& fits) const {
    for (auto const number : numbers()) {
        if (number > up_to) continue;
        auto state = read(number, fits);
        if (state) return std::move(*state);
        log_warn("image_passed_over", "record", number.value(), "why", state.error().words);
    }
    return std::nullopt;
}

std::optional<core::State> StateImages::newest(core::RecordNumber up_to, Journal& journal) const {
    auto const info = journal.info();
    return newest(up_to, [&](ImageHead const& head) {
        if (head.epoch != info.epoch) return false;
        auto const chain = journal.digest_at(head.number);
        return chain && *chain == head.chain;
    });
}

}  // namespace washup::journal
