#include "daemon/journal/seal.hpp"

#include <sodium.h>

#include <future>
#include <iterator>
#include <type_traits>

#include <fmt/format.h>

#include <array>

#include "daemon/core/each_sealed.hpp"
#include "daemon/journal/key_file.hpp"
#include "daemon/journal/words_owner.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

constexpr char site_box = 1;
constexpr char person_box = 2;
constexpr std::size_t key_id_bytes = 8;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t head_bytes = 1 + key_id_bytes;
static_assert(head_bytes + nonce_bytes + tag_bytes == Sealer::overhead_bytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Sealer::key_bytes);

using Key = std::array<unsigned char, Sealer::key_bytes>;

unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* octets(Bytes& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

// One purpose, one key: what is learned about one is no help against another.
Key subkey(std::string_view site_key, std::string_view purpose) {
    Key key;
    auto const digest = blake2b_256(purpose, site_key);
    std::copy(digest.bytes.begin(), digest.bytes.end(), key.begin());
    return key;
}

void add(crypto_generichash_state& state, std::string_view part) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<unsigned char>(part.size() >> (8 * i));
    }
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, octets(part), part.size());
}

// The box of `text` under a key; `nonce_key` is of the same secret, because a nonce made by another
// would let whoever guesses the words know that the guess is right, with the key long destroyed.
Bytes make_box(std::string_view head, unsigned char const* key, Key const& nonce_key,
               std::string_view text) {
    Bytes out{head};
    out.resize(Sealer::overhead_bytes + text.size());
    auto* const nonce = octets(out) + head_bytes;
    crypto_generichash_state state;
    crypto_generichash_init(&state, nonce_key.data(), nonce_key.size(), nonce_bytes);
    add(state, head);
    add(state, text);
    crypto_generichash_final(&state, nonce, nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, octets(text),
                                               text.size(), octets(head), head_bytes, nullptr,
                                               nonce, key);
    return out;
}

bool open_box(std::string_view box, unsigned char const* key, std::string& text) {
    auto const* const nonce = octets(box) + head_bytes;
    text.resize(box.size() - Sealer::overhead_bytes);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(octets(text), nullptr, nullptr,
                                                      nonce + nonce_bytes, text.size() + tag_bytes,
                                                      octets(box), head_bytes, nonce, key) == 0;
}

Bytes head_of(char format, std::string_view id) {
    return Bytes(1, format) + Bytes{id};
}

std::string_view view_of(WordKey const& key) {
    return {reinterpret_cast<char const*>(key.octets.data()), key.octets.size()};
}

// What a wrapped key is bound to: copied into another's row it does not open.
Bytes bound_of(StoredKey const& stored) {
    Bytes out = stored.id;
    out += static_cast<char>(stored.owner.kind);
    for (int shift = 0; shift < 64; shift += 8) {
        out += static_cast<char>(stored.owner.number >> shift & 0xFF);
    }
    return out;
}

Bytes random_key(KeyOwner) {
    Bytes key(Sealer::key_bytes, '\0');
    randombytes_buf(key.data(), key.size());
    return key;
}

}  // namespace

struct Sealer::Keys {
    Key box{}, nonce{}, alias{}, mark{}, wrap{}, wrap_nonce{};
    Bytes head;  // of every box: format and key id

    explicit Keys(std::string_view site_key) {
        WASHUP_CHECK(site_key.size() == key_bytes, "a site key has 32 octets");
        WASHUP_CHECK(sodium_init() >= 0, "libsodium refuses to start");
        box = subkey(site_key, "washup 1 box");
        nonce = subkey(site_key, "washup 1 nonce");
        alias = subkey(site_key, "washup 1 alias");
        mark = subkey(site_key, "washup 1 mark");
        wrap = subkey(site_key, "washup 2 wrap");
        wrap_nonce = subkey(site_key, "washup 2 wrap nonce");
        head.push_back(site_box);
        head += as_bytes(blake2b_256("washup 1 key id", site_key)).substr(0, key_id_bytes);
    }
    Keys(Keys const&) = delete;
    Keys& operator=(Keys const&) = delete;
    ~Keys() {
        for (auto* key : {&box, &nonce, &alias, &mark, &wrap, &wrap_nonce}) {
            sodium_memzero(key->data(), key->size());
        }
    }
};

Sealer::Sealer(std::unique_ptr<Keys const> keys, PersonKeys::Chance chance)
    : keys_(std::move(keys)), persons_(std::make_unique<PersonKeys>(std::move(chance))) {}
Sealer::Sealer(Sealer&&) noexcept = default;
Sealer& Sealer::operator=(Sealer&&) noexcept = default;
Sealer::~Sealer() = default;

Sealer Sealer::from_key(std::string_view key) {
    return {std::make_unique<Keys const>(key), [given = Bytes{key}](KeyOwner owner) {
                auto const words =
                    fmt::format("person key {} {}", static_cast<int>(owner.kind), owner.number);
                return Bytes{as_bytes(blake2b_256(words, given))};
            }};
}

Result<Sealer> Sealer::open_or_make(std::filesystem::path const& data_dir,
                                    std::filesystem::path const& named) {
    auto key = open_or_make_site_key(data_dir, named);
    if (!key) return key.error();
    Sealer sealer{std::make_unique<Keys const>(*key), random_key};
    sodium_memzero(key->data(), key->size());
    return sealer;
}

Bytes Sealer::seal(std::string_view text) const {
    if (text.empty()) return {};
    return make_box(keys_->head, keys_->box.data(), keys_->nonce, text);
}

Result<std::string> Sealer::open(std::string_view box) const {
    if (box.empty()) return std::string{};
    if (box.size() <= overhead_bytes) return invalid("a sealed text is cut short");
    if (box[0] != site_box && box[0] != person_box)
        return invalid("a sealed text is of a format unknown to this version");
    WordKey key;
    if (box[0] == site_box) {
        if (box.substr(0, head_bytes) != keys_->head) {
            return Error{
                ErrorCode::not_found, "a sealed text is under another key than this site's", {}};
        }
        key.octets = keys_->box;
    } else if (!persons_->find(box.substr(1, key_id_bytes), key)) {
        return Error{ErrorCode::not_found,
                     "a sealed text is under a key that was destroyed or is not here",
                     {}};
    }
    std::string text;
    if (open_box(box, key.octets.data(), text)) return text;
    return invalid("a sealed text was changed after it was sealed");
}

PersonKeys& Sealer::person_keys() const {
    return *persons_;
}

StoredKey Sealer::wrap(KeyOwner owner, PersonKeys::Named const& named) const {
    StoredKey stored{named.id, owner, Bytes(StoredKey::wrapped_bytes, '\0')};
    auto const bound = bound_of(stored);
    auto* const out = octets(stored.wrapped);
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys_->wrap_nonce.data(), keys_->wrap_nonce.size(),
                            nonce_bytes);
    add(state, bound);
    add(state, view_of(named.key));
    crypto_generichash_final(&state, out, nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + nonce_bytes, nullptr, named.key.octets.data(),
                                               named.key.octets.size(), octets(bound), bound.size(),
                                               nullptr, out, keys_->wrap.data());
    return stored;
}

Result<WordKey> Sealer::unwrap(StoredKey const& stored) const {
    WordKey key;
    auto const bound = bound_of(stored);
    auto const* const in = octets(stored.wrapped);
    if (stored.wrapped.size() == StoredKey::wrapped_bytes &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            key.octets.data(), nullptr, nullptr, in + nonce_bytes,
            stored.wrapped.size() - nonce_bytes, octets(bound), bound.size(), in,
            keys_->wrap.data()) == 0 &&
        id_of(key) == stored.id) {
        return key;
    }
    return invalid(
        fmt::format("the key of {} {} is damaged; restore the journal from the backup",
                    stored.owner.kind == KeyOwner::Kind::person ? "person" : "inbox item",
                    stored.owner.number));
}

Result<void> Sealer::take_keys(std::vector<StoredKey> const& stored) const {
    std::vector<std::pair<StoredKey, WordKey>> keys;
    keys.reserve(stored.size());
    for (auto const& each : stored) {
        if (each.destroyed()) {
            keys.emplace_back(each, WordKey{});
            continue;
        }
        auto key = unwrap(each);
        if (!key) return key.error();
        keys.emplace_back(each, *key);
    }
    persons_->take(std::move(keys));
    return {};
}

core::AliasKey Sealer::alias_key(std::string_view kind, std::string_view name_space,
                                 std::string_view value) const {
    core::AliasKey key;
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys_->alias.data(), keys_->alias.size(), key.bytes.size());
    for (auto const part : {kind, name_space, value}) add(state, part);
    crypto_generichash_final(&state, key.bytes.data(), key.bytes.size());
    return key;
}

void Sealer::seal_event(core::Event& event) const {
    auto seal_one = [this](core::Sealed& sealed) {
        if (!sealed.text.empty()) sealed.box = seal(sealed.text);
    };
    core::each_sealed(event, seal_one);
}

void Sealer::seal_event(core::Event& event, PersonKeys::Named const& owner,
                        core::Sealed const* held) const {
    auto const head = head_of(person_box, owner.id);
    auto seal_one = [&](core::Sealed& sealed) {
        if (sealed.text.empty()) return;
        if (held != nullptr && held->text == sealed.text && held->box.starts_with(head)) {
            sealed.box = held->box;
            return;
        }
        auto const nonce_key = subkey(view_of(owner.key), "washup 2 nonce");
        sealed.box = make_box(head, owner.key.octets.data(), nonce_key, sealed.text);
    };
    core::each_sealed(event, seal_one);
}

std::vector<StoredKey> Sealer::seal_record(core::Record& record, core::State const& before) const {
    std::vector<StoredKey> made;
    WordsOwner whose{before};
    for (auto& event : record.events) {
        auto const owner = whose.of(event);
        if (!has_words(event)) continue;
        if (owner.kind == KeyOwner::Kind::house) {
            seal_event(event);
            continue;
        }
        auto is_new = false;
        auto const named = persons_->of(owner, is_new);
        if (is_new) made.push_back(wrap(owner, named));
        seal_event(event, named, held_words(before, event));
    }
    return made;
}

template <class T>
std::size_t Sealer::open_each(T& value) const {
    std::size_t closed = 0;
    core::Sealed const* before = nullptr;
    auto open_one = [&](core::Sealed& sealed) {
        if (before != nullptr && before->box == sealed.box) {  // a feed says a name many times
            sealed.text = before->text;
            if (sealed.text.empty()) ++closed;
            return;
        }
        auto text = open(sealed.box);
        if (!text) ++closed;
        sealed.text = text ? std::move(*text) : std::string{};
        if (!sealed.box.empty()) before = &sealed;
    };
    core::each_sealed(value, open_one);
    return closed;
}

std::size_t Sealer::open_event(core::Event& event) const {
    return open_each(event);
}

// Two threads, because a house of a million records has as many words.
std::size_t Sealer::open_state(core::State& state) const {
    auto& persons = state.persons;
    auto const half = std::next(persons.begin(), static_cast<std::ptrdiff_t>(persons.size() / 2));
    auto const open_persons = [this](auto from, auto to) {
        std::size_t closed = 0;
        for (auto it = from; it != to; ++it) closed += open_each(it->second);
        return closed;
    };
    auto apart = std::async(std::launch::async, open_persons, persons.begin(), half);
    auto closed = open_persons(half, persons.end());
    core::State::describe(state, [&](int, auto& part) {
        if constexpr (!std::is_same_v<decltype(part), decltype(persons)>) closed += open_each(part);
    });
    return closed + apart.get();
}

Digest256 Sealer::seal_mark(std::string_view bytes) const {
    return blake2b_256(bytes, {reinterpret_cast<char const*>(keys_->mark.data()), key_bytes});
}

std::string Sealer::key_id_hex() const {
    return to_hex(std::string_view{keys_->head}.substr(1));
}

}  // namespace washup::journal
