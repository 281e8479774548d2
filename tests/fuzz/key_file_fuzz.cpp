// Any octets as a key file and as a key list, and a real one of each with the octets set into it:
// nothing may crash, what is taken is whole, and no fault repeats what it found (it may be a
// secret).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "config/keys/key_list.hpp"
#include "proto/base/check.hpp"
#include "proto/base/z85.hpp"
#include "proto/link/key_pair.hpp"

namespace {

using namespace washup;

// Ours is as long as a key and appears in no fault's own words.
bool repeats(std::string const& words, std::string_view secret) {
    return words.find(secret) != std::string::npos;
}

void read_key_file(std::string const& text, std::string_view secret) {
    auto const keys = link::parse_key_file(text);
    if (!keys) {
        WASHUP_CHECK(!keys.error().words.empty(), "a fault has words");
        WASHUP_CHECK(!repeats(keys.error().words, secret), "a fault does not tell the secret");
        return;
    }
    WASHUP_CHECK(
        is_key(keys->own.public_key) && is_key(keys->own.secret_key) && is_key(keys->daemon),
        "a key file that is taken is whole");
    // What could break out of a line is only ever in the name, and ends the reading again.
    if (keys->name.find('\n') != std::string::npos) return;
    auto const again = link::parse_key_file(link::key_file_text(*keys));
    WASHUP_CHECK(again && again->own.secret_key == keys->own.secret_key &&
                     again->name == keys->name && again->daemon == keys->daemon,
                 "what is written reads back");
}

void read_key_list(std::string const& text) {
    config::Faults faults;
    auto tree = config::parse_tree(text, "keys.toml", faults);
    config::KeyReader reader;
    reader.read(tree.root(faults));
    WASHUP_CHECK(reader.keys().size() <= config::keys_max, "a list has a bound");
    if (!faults.empty()) return;
    std::string all;
    for (auto const& key : reader.keys()) {
        WASHUP_CHECK(is_key(key.public_key) && config::is_key_name(key.name), "a key is whole");
        WASHUP_CHECK(key.tier <= config::standing_tier_max, "no wall is given tier 3");
        WASHUP_CHECK(key.tier == 0 || !key.approver.empty(), "somebody answers for names on it");
        all += config::to_toml(key) + "\n";
        if (!key.revoked.empty()) continue;
        auto const revoked = config::revoke_in(text, key.name, "2026-11-22");
        if (!revoked) continue;  // a list in another shape is left as it is
        config::Faults none;
        auto after = config::parse_tree(*revoked, "keys.toml", none);
        config::KeyReader second;
        second.read(after.root(none));
        WASHUP_CHECK(none.empty() && second.keys().size() == reader.keys().size(),
                     "revoking leaves the list whole");
    }
    config::Faults none;
    auto tree_again = config::parse_tree(all, "again.toml", none);
    config::KeyReader second;
    second.read(tree_again.root(none));
    WASHUP_CHECK(none.empty() && second.keys() == reader.keys(), "what is written reads back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const pair = link::key_pair_of(std::string(key_octets, '\x2a'));
    static link::ClientKeys const keys{"desk", pair, pair.public_key};
    std::string const text(reinterpret_cast<char const*>(data), size);
    read_key_file(text, pair.secret_key);
    auto const file = link::key_file_text(keys);
    auto const at = size == 0 ? 0 : data[0] % (file.size() + 1);
    read_key_file(file.substr(0, at) + text + file.substr(at), pair.secret_key);
    read_key_file(file.substr(0, at) + text, pair.secret_key);
    read_key_list(text);
    config::KeyEntry const entry{"desk", pair.public_key, config::Role::operator_};
    read_key_list(config::to_toml(entry) + text);
    return 0;
}
