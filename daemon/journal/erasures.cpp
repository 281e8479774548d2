#include "daemon/journal/erasures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "daemon/journal/files.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "daemon/journal/key_table.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

constexpr char const* head_words = "washup-erasures 1 ";
constexpr char const* copies_file = "copies.log";

char const* name_of(KeyOwner::Kind kind) {
    return kind == KeyOwner::Kind::person ? "person" : "inbox";
}

std::optional<Bytes> octets_of(std::string const& hex) {
    if (hex.size() != 2 * StoredKey::id_bytes) return std::nullopt;
    Bytes octets;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (std::isxdigit(static_cast<unsigned char>(hex[i])) == 0 ||
            std::isxdigit(static_cast<unsigned char>(hex[i + 1])) == 0) {
            return std::nullopt;
        }
        octets += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return octets;
}

}  // namespace

Result<std::string> list_erasures(fs::path const& data_dir) {
    auto const file = journal_path(data_dir);
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    auto const meta = read_meta(*db, file, {});
    if (!meta) return meta.error();
    auto const keys = read_keys(*db);
    if (!keys) return keys.error();
    auto text = head_words + meta->origin + "\n";
    for (auto const& key : *keys) {
        if (!key.destroyed()) continue;
        text += fmt::format("erased {} {} {}\n", to_hex(key.id), name_of(key.owner.kind),
                            key.owner.number);
    }
    return text;
}

Result<Erasures> read_erasures(std::string const& text) {
    Erasures erasures;
    std::istringstream in{text};
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        std::istringstream words{line};
        std::string first, second;
        words >> first >> second;
        if (number == 1 && line.starts_with(head_words)) {
            erasures.origin = line.substr(std::string_view{head_words}.size());
            continue;
        }
        auto id = octets_of(second);
        if (number == 1 || first != "erased" || !id) {
            return invalid(
                fmt::format("line {} is not of a list of erasures; take what `washupd journal "
                            "erasures` printed",
                            number));
        }
        erasures.ids.push_back(std::move(*id));
    }
    if (erasures.origin.empty()) return invalid("the list of erasures is empty");
    return erasures;
}

Result<std::size_t> destroy_listed(fs::path const& file, Erasures const& erasures) {
    auto db = connect(file, nullptr);
    if (!db) return db.error();
    auto const meta = read_meta(*db, file, {});
    if (!meta) return meta.error();
    if (meta->origin != erasures.origin) {
        return refused(fmt::format("the list of erasures is of journal {}, and {} is of {}",
                                   erasures.origin, file.string(), meta->origin));
    }
    if (erasures.ids.empty()) return std::size_t{0};
    if (meta->format < 2) {
        return refused(fmt::format(
            "{} was made before each person had a key: nothing can be erased in it. Destroy it",
            file.string()));
    }
    auto const held = read_keys(*db);
    if (!held) return held.error();
    auto const there = std::count_if(held->begin(), held->end(), [&](StoredKey const& key) {
        return std::find(erasures.ids.begin(), erasures.ids.end(), key.id) != erasures.ids.end();
    });
    if (auto const set = db->run("PRAGMA secure_delete = ON; BEGIN IMMEDIATE"); !set) {
        return set.error();
    }
    auto table = KeyTable::open(*db);
    if (!table) return table.error();
    if (auto const gone = table->destroy(erasures.ids); !gone) return gone.error();
    if (auto const done = db->run("COMMIT"); !done) return done.error();
    return static_cast<std::size_t>(there);
}

Result<void> note_copy(fs::path const& data_dir, fs::path const& file, Instant at) {
    auto const path = data_dir / copies_file;
    Descriptor const fd{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    std::error_code none;
    auto const line = fmt::format("{} {}\n", to_rfc3339(at), fs::absolute(file, none).string());
    if (!fd || !write_whole(fd.get(), line) || ::fsync(fd.get()) != 0) {
        return system_error("write", path);
    }
    return {};
}

std::string copies_made(fs::path const& data_dir) {
    std::ifstream in{data_dir / copies_file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace washup::journal
