#include "tests/sim/checkers/erased.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/core/each_sealed.hpp"

namespace washup::sim {
namespace {

// Of a box: 1 octet format, then the key's name. Format 2 is a person's (journal/seal.hpp).
constexpr char of_a_person = 2;

}  // namespace

void Erased::made(std::vector<journal::StoredKey> const& keys) {
    for (auto const& key : keys) wrapped_.emplace(key.id, key.wrapped);
}

void Erased::stored(core::Record const& record) {
    for (auto const& event : record.events) {
        auto const* erased = std::get_if<core::PersonErased>(&event);
        if (erased == nullptr) continue;
        destroyed_.insert(erased->keys.begin(), erased->keys.end());
    }
}

bool Erased::is_destroyed(Bytes const& box) const {
    if (box.size() <= journal::StoredKey::id_bytes || box.front() != of_a_person) return false;
    return destroyed_.contains(box.substr(1, journal::StoredKey::id_bytes));
}

void Erased::look(char const* fold, core::State const& state) {
    if (destroyed_.empty()) return;
    std::size_t open = 0;
    auto count = [&](core::Sealed const& words) {
        if (!words.text.empty() && is_destroyed(words.box)) ++open;
    };
    core::each_sealed(state.persons, count);
    core::each_sealed(state.stays, count);
    core::each_sealed(state.inbox, count);
    if (open == 0) return;
    objections_.add("erased", fmt::format("{} still holds {} words of erased persons", fold, open));
}

void Erased::look(journal::Journal& journal, std::vector<std::string> const& files,
                  journal::Sealer const& stranger) {
    if (destroyed_.empty()) return;
    auto const keys = journal.keys();
    if (!keys) return;  // a disk that gives nothing back shows nothing either
    for (auto const& key : *keys) {
        if (!destroyed_.contains(key.id) || key.destroyed()) continue;
        objections_.add("erased", "a destroyed key is still among the journal's");
    }
    if (auto const taken = stranger.take_keys(*keys); !taken) {
        return objections_.add("erased", "the journal's keys cannot be taken");
    }
    for (auto const& id : destroyed_) {
        auto const key = wrapped_.find(id);
        if (key == wrapped_.end()) continue;
        for (auto const& octets : files) {
            if (octets.find(key->second) == std::string::npos) continue;
            objections_.add("erased", "a destroyed key is still in a file of the disk");
        }
    }
    // To find nothing proves something only where a key that is not destroyed would be found.
    auto const alive =
        std::find_if(keys->begin(), keys->end(), [](auto const& key) { return !key.destroyed(); });
    auto const holds = [&](std::string const& octets) {
        return octets.find(alive->wrapped) != std::string::npos;
    };
    if (alive != keys->end() && std::none_of(files.begin(), files.end(), holds)) {
        objections_.add("erased", "a key that is not destroyed cannot be found on the disk");
    }
    std::size_t opened = 0;
    auto try_it = [&](core::Sealed const& words) {
        if (is_destroyed(words.box) && stranger.open(words.box)) ++opened;
    };
    auto const read = journal.read(core::RecordNumber{1}, [&](core::Record const& record) {
        core::each_sealed(record.events, try_it);
        return Result<void>{};
    });
    if (!read || opened == 0) return;
    objections_.add("erased", fmt::format("{} words of erased persons can be opened", opened));
}

}  // namespace washup::sim
