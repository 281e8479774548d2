#include "tests/sim/sqlite_flips.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "daemon/engine/recover.hpp"
#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/journal/verify.hpp"
#include "proto/base/check.hpp"
#include "tests/sim/memory_vfs.hpp"

namespace washup::sim {
namespace {

namespace fs = std::filesystem;

std::string text_of(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void write(fs::path const& file, std::string const& octets) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << octets;
}

// What the journal gives when it is asked for all of it; nothing when it refuses.
std::optional<std::vector<std::string>> records_of(journal::Journal& journal) {
    std::vector<std::string> records;
    auto const read = journal.read(core::RecordNumber{1}, [&](core::Record record) -> Result<void> {
        records.push_back(std::to_string(record.number.value()) + ' ' +
                          std::to_string(record.at.ms) + journal::encode_record(record));
        return {};
    });
    if (!read) return std::nullopt;
    return records;
}

class Trial {
  public:
    Trial(fs::path data_dir, OpenJournal const& open, journal::Sealer const& sealer)
        : data_dir_(std::move(data_dir)), open_(open), sealer_(sealer), images_(data_dir_, sealer) {
        auto journal = open_();
        WASHUP_CHECK(journal.has_value(), "a journal that nobody damaged can be opened");
        records_ = *records_of(**journal);
        auto fold = engine::recover(**journal, sealer_);
        WASHUP_CHECK(fold.has_value(), "a journal that nobody damaged can be read");
        auto const& state = fold->state;
        auto const info = (*journal)->info();
        auto const chain = (*journal)->digest_at(state.head);
        WASHUP_CHECK(chain && images_.keep(state, {info.epoch, state.head, state.last_at, *chain}),
                     "an image can be kept");
        truth_ = core::fingerprint(state);
        auto log = journal::CheckpointLog::open(data_dir_, info);
        WASHUP_CHECK(log && log->look(**journal, state.head, state.last_at, {}, true),
                     "a checkpoint can be kept");
        origin_ = info.origin;
        checkpoints_ = parsed();
        journal->reset();
        in_memory_ = memory_vfs::all_octets();
        for (auto const& entry : fs::recursive_directory_iterator(data_dir_)) {
            auto const name = entry.path().filename();
            if (!entry.is_regular_file() || entry.file_size() == 0) continue;
            if (name == "journal.head" || name == "checkpoints.log" ||
                name.extension() == ".state") {
                on_disk_[entry.path()] = text_of(entry.path());
            }
        }
    }
    ~Trial() {
        restore();
        fs::remove_all(data_dir_ / "images");
        fs::remove(data_dir_ / "checkpoints.log");
    }

    void flip(Prng& chance, FlipResult& result) {
        auto const in_memory = !in_memory_.empty() && chance.chance(600);
        auto const place = in_memory ? flip_in_memory(chance) : flip_on_disk(chance);
        ++result.flips;
        auto const words = look();
        if (words == "seen") ++result.seen;
        if (words != "seen" && !words.empty()) {
            result.served.push_back(fmt::format("{}: {}", place, words));
        }
        restore();
    }

  private:
    static std::string flip_one(std::string& octets, Prng& chance) {
        auto const at = static_cast<std::size_t>(chance.below(octets.size()));
        auto const bit = chance.below(8);
        octets[at] = static_cast<char>(octets[at] ^ static_cast<char>(1u << bit));
        return fmt::format("octet {} of {}, bit {}", at, octets.size(), bit);
    }
    // By the end of their names: the folder's own is of this machine.
    std::string flip_in_memory(Prng& chance) {
        std::vector<std::string> names;
        for (auto const& [name, octets] : in_memory_) {
            if (!octets.empty()) names.push_back(name);
        }
        if (names.empty()) return flip_on_disk(chance);
        auto all = in_memory_;
        auto const& name = names[static_cast<std::size_t>(chance.below(names.size()))];
        auto const words = flip_one(all[name], chance);
        memory_vfs::put_all(all);
        return fs::path{name}.filename().string() + " " + words;
    }
    std::string flip_on_disk(Prng& chance) {
        auto it = on_disk_.begin();
        std::advance(it, static_cast<std::ptrdiff_t>(chance.below(on_disk_.size())));
        auto octets = it->second;
        auto const words = flip_one(octets, chance);
        write(it->first, octets);
        return it->first.filename().string() + " " + words;
    }
    void restore() {
        memory_vfs::put_all(in_memory_);
        for (auto const& [file, octets] : on_disk_) write(file, octets);
    }

    std::vector<journal::Checkpoint> parsed() {
        doubtful_.clear();
        return journal::read_checkpoints(text_of(data_dir_ / "checkpoints.log"), origin_, {},
                                         doubtful_);
    }

    // "seen", or what was served that is not what was written; empty = all is as it was.
    std::string look() {
        auto const checkpoints = parsed();
        if (!doubtful_.empty()) return "seen";
        if (checkpoints != checkpoints_) return "a checkpoint says something else";
        auto journal = open_();
        if (!journal) return "seen";
        auto const records = records_of(**journal);
        if (!records) return "seen";
        auto const there = records->size();
        if (there > records_.size() ||
            !std::equal(records->begin(), records->end(), records_.begin())) {
            return "another record";
        }
        if (there < records_.size()) {
            return fmt::format("{} records of {}", there, records_.size());
        }
        auto const image = images_.newest(core::RecordNumber{records_.size()}, **journal);
        if (!image) return "seen";
        return core::fingerprint(*image) == truth_ ? "" : "an image of another state";
    }

    fs::path data_dir_;
    OpenJournal const& open_;
    journal::Sealer const& sealer_;
    journal::StateImages images_;
    std::vector<std::string> records_, doubtful_;
    std::vector<journal::Checkpoint> checkpoints_;
    std::string origin_;
    Digest128 truth_{};
    std::map<std::string, std::string> in_memory_;
    std::map<fs::path, std::string> on_disk_;
};

}  // namespace

FlipResult flip_bits(fs::path const& data_dir, OpenJournal const& open,
                     journal::Sealer const& sealer, Prng chance, std::size_t flips) {
    FlipResult result;
    Trial trial{data_dir, open, sealer};
    for (std::size_t i = 0; i < flips; ++i) trial.flip(chance, result);
    return result;
}

}  // namespace washup::sim
