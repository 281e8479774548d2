#include "daemon/journal/image_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/journal/wire_reader.hpp"
#include "daemon/journal/wire_writer.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "WSHUIMG2";
constexpr std::size_t mark_bytes = 32;
constexpr auto before_table = magic.size() + 8;

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

Result<void> write_synced(fs::path const& path, Bytes const& front,
                          std::vector<StatePart> const& parts) {
    Descriptor const fd{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (!fd) return system_error("make", path);
    auto written = write_whole(fd.get(), front);
    for (auto const& part : parts) written = written && write_whole(fd.get(), part.octets);
    if (!written || ::fsync(fd.get()) != 0) return system_error("write", path);
    return {};
}

}  // namespace

Result<void> ImageFile::write(fs::path const& path, core::State const& state, ImageHead const& head,
                              Sealer const& sealer) {
    auto const parts = encode_parts(state);
    Contents contents{head, {}};
    for (auto const& part : parts) {
        contents.parts.push_back({part.first, part.octets.size(), sealer.seal_mark(part.octets)});
    }
    Bytes table;
    WireWriter{table}.message(contents);
    Bytes front{magic};
    put_u32(front, state_version);
    put_u32(front, table.size());
    front += table;
    front += as_bytes(sealer.seal_mark(front));
    return write_synced(path, front, parts);
}

Result<ImageFile> ImageFile::open(fs::path const& path, Sealer const& sealer) {
    ImageFile file{Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}, sealer};
    if (!file.fd_) return io_error("is gone, or cannot be read");
    auto const begin = file.octets(0, before_table);
    if (!begin) return begin.error();
    if (!begin->starts_with(magic)) return invalid("is no image, or of an older format");
    if (auto const version = get_u32(begin->substr(magic.size())); version != state_version) {
        return invalid(fmt::format("has state version {}, and this is {}", version, state_version));
    }
    auto const marked_bytes = before_table + get_u32(begin->substr(magic.size() + 4));
    auto const front = file.octets(0, marked_bytes + mark_bytes);
    if (!front) return front.error();
    auto const marked = std::string_view{*front}.substr(0, marked_bytes);
    if (as_bytes(sealer.seal_mark(marked)) != std::string_view{*front}.substr(marked_bytes)) {
        return invalid("is damaged, or was made under another site key");
    }
    WireReader reader;
    if (!reader.message(marked.substr(before_table), file.contents_)) {
        return invalid(fmt::format("table: field {} {}", reader.path(), reader.words()));
    }
    std::uint64_t at = front->size();
    for (auto const& part : file.contents_.parts) {
        file.begins_.push_back(at);
        at += part.bytes;
    }
    if (file.contents_.parts.empty()) return invalid("has no parts");
    return file;
}

std::size_t ImageFile::part_of(core::PersonId id) const {
    auto const& parts = contents_.parts;
    // Those without a first person stand before all others.
    auto const behind = std::upper_bound(
        parts.begin(), parts.end(), id,
        [](core::PersonId wanted, Part const& part) { return wanted < part.first; });
    auto const found = std::prev(behind);
    return found->first ? static_cast<std::size_t>(found - parts.begin()) : 0;
}

Result<Bytes> ImageFile::part(std::size_t index) const {
    auto const& part = contents_.parts[index];
    auto bytes = octets(begins_[index], part.bytes);
    if (bytes && sealer_->seal_mark(*bytes) != part.mark) return invalid("is damaged");
    return bytes;
}

Result<core::State> ImageFile::state() const {
    PartSource source;
    for (auto const& part : contents_.parts) source.sizes.push_back(part.bytes);
    source.read = [this](std::size_t index) { return part(index); };
    return decode_parts(source);
}

Result<Bytes> ImageFile::octets(std::uint64_t at, std::uint64_t count) const {
    struct stat info {};
    if (::fstat(fd_.get(), &info) != 0) return io_error("cannot be read");
    auto const size = static_cast<std::uint64_t>(info.st_size);
    if (at > size || count > size - at) return invalid("is cut short");  // before room is taken
    Bytes bytes(count, '\0');
    for (std::size_t have = 0; have < bytes.size();) {
        auto const n = ::pread(fd_.get(), bytes.data() + have, bytes.size() - have,
                               static_cast<off_t>(at + have));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return io_error("cannot be read");
        have += static_cast<std::size_t>(n);
    }
    return bytes;
}

}  // namespace washup::journal
