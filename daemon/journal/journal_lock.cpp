#include "daemon/journal/journal_lock.hpp"

#include <sys/file.h>

#include <array>
#include <charconv>

namespace washup::journal {
namespace {

std::string start_of(int fd) {
    std::array<char, 256> text{};
    auto const size = ::pread(fd, text.data(), text.size(), 0);
    return {text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

// "head 0000000000000012 <epoch> <digest> <check>\n"
std::string line_of(HeadWitness const& witness) {
    auto line = fmt::format("head {:020} {} {}", witness.number.value(), witness.epoch,
                            to_hex(as_bytes(witness.digest)));
    return line + " " + to_hex(as_bytes(blake2b_128(line))) + "\n";
}

}  // namespace

Result<Descriptor> lock_journal(std::filesystem::path const& data_dir) {
    auto const path = data_dir / "journal.lock";
    Descriptor fd{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd) return system_error("open", path);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_error("lock", path);
        auto const holder = start_of(fd.get());
        return refused(
            fmt::format("the journal in {} is held by {}; two daemons cannot write one "
                        "journal",
                        data_dir.string(),
                        holder.empty() ? "a process that is just starting"
                                       : holder.substr(0, holder.find('\n'))));
    }
    auto const holder = fmt::format("process {}\n", ::getpid());
    if (::ftruncate(fd.get(), 0) != 0 || !write_whole(fd.get(), holder)) {
        return system_error("write", path);
    }
    return fd;
}

Result<HeadFile> HeadFile::open(std::filesystem::path const& data_dir) {
    auto const path = data_dir / "journal.head";
    Descriptor fd{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd) return system_error("open", path);
    return HeadFile{std::move(fd)};
}

std::optional<HeadWitness> HeadFile::read() const {
    auto const text = start_of(fd_.get());
    HeadWitness witness;
    // Fixed widths: 5 + 20 + 1, then the epoch up to the next blank, then 32 digits twice.
    if (text.size() < 93 || !text.starts_with("head ")) return std::nullopt;
    std::uint64_t number = 0;
    if (std::from_chars(text.data() + 5, text.data() + 25, number).ec != std::errc{}) {
        return std::nullopt;
    }
    auto const epoch_end = text.find(' ', 26);
    if (epoch_end == std::string::npos) return std::nullopt;
    witness.number = core::RecordNumber{number};
    witness.epoch = text.substr(26, epoch_end - 26);
    auto const digest = std::string_view{text}.substr(epoch_end + 1, 32);
    for (std::size_t i = 0; i < 16 && 2 * i + 1 < digest.size(); ++i) {
        std::from_chars(digest.data() + 2 * i, digest.data() + 2 * i + 2, witness.digest.bytes[i],
                        16);
    }
    if (text != line_of(witness)) return std::nullopt;
    return witness;
}

bool HeadFile::empty() const {
    return start_of(fd_.get()).empty();
}

bool HeadFile::write(HeadWitness const& witness) const {
    auto const line = line_of(witness);
    return ::pwrite(fd_.get(), line.data(), line.size(), 0) == static_cast<ssize_t>(line.size());
}

}  // namespace washup::journal
