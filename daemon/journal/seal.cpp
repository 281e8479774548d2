#include "daemon/journal/seal.hpp"

#include <sodium.h>

#include <array>

#include "daemon/journal/key_file.hpp"
#include "daemon/journal/wire_types.hpp"
#include "proto/base/check.hpp"

namespace washup::journal {
namespace {

constexpr char box_format = 1;
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

// Calls `visit` for every Sealed inside, by describe() alone.
template <class T, class Visit>
void each_sealed(T& value, Visit& visit) {
    if constexpr (std::is_same_v<T, core::Sealed>) {
        visit(value);
    } else if constexpr (is_variant<T>) {
        std::visit([&](auto& kind) { each_sealed(kind, visit); }, value);
    } else if constexpr (is_optional<T>) {
        if (value) each_sealed(*value, visit);
    } else if constexpr (is_repeated<T>) {
        for (auto& each : value) each_sealed(each, visit);
    } else if constexpr (is_tuple<T>) {
        std::apply([&](auto&... part) { (each_sealed(part, visit), ...); }, value);
    } else if constexpr (core::Described<T>) {
        T::describe(value, [&](int, auto& part) { each_sealed(part, visit); });
    }
}

}  // namespace

struct Sealer::Keys {
    Key box{}, nonce{}, alias{}, mark{};
    Bytes head;  // of every box: format and key id

    explicit Keys(std::string_view site_key) {
        WASHUP_CHECK(site_key.size() == key_bytes, "a site key has 32 octets");
        WASHUP_CHECK(sodium_init() >= 0, "libsodium refuses to start");
        box = subkey(site_key, "washup 1 box");
        nonce = subkey(site_key, "washup 1 nonce");
        alias = subkey(site_key, "washup 1 alias");
        mark = subkey(site_key, "washup 1 mark");
        head.push_back(box_format);
        head += as_bytes(blake2b_256("washup 1 key id", site_key)).substr(0, key_id_bytes);
    }
    Keys(Keys const&) = delete;
    Keys& operator=(Keys const&) = delete;
    ~Keys() {
        sodium_memzero(box.data(), box.size());
        sodium_memzero(nonce.data(), nonce.size());
        sodium_memzero(alias.data(), alias.size());
        sodium_memzero(mark.data(), mark.size());
    }
};

Sealer::Sealer(std::unique_ptr<Keys const> keys) : keys_(std::move(keys)) {}
Sealer::Sealer(Sealer&&) noexcept = default;
Sealer& Sealer::operator=(Sealer&&) noexcept = default;
Sealer::~Sealer() = default;

Sealer Sealer::from_key(std::string_view key) {
    return Sealer{std::make_unique<Keys const>(key)};
}

Result<Sealer> Sealer::open_or_make(std::filesystem::path const& data_dir) {
    auto key = open_or_make_site_key(data_dir);
    if (!key) return key.error();
    auto sealer = from_key(*key);
    sodium_memzero(key->data(), key->size());
    return sealer;
}

Bytes Sealer::seal(std::string_view text) const {
    if (text.empty()) return {};
    Bytes out = keys_->head;
    out.resize(overhead_bytes + text.size());
    auto* const nonce = octets(out) + head_bytes;
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys_->nonce.data(), keys_->nonce.size(), nonce_bytes);
    add(state, keys_->head);
    add(state, text);
    crypto_generichash_final(&state, nonce, nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, octets(text),
                                               text.size(), octets(keys_->head), head_bytes,
                                               nullptr, nonce, keys_->box.data());
    return out;
}

Result<std::string> Sealer::open(std::string_view box) const {
    if (box.empty()) return std::string{};
    if (box.size() <= overhead_bytes) return invalid("a sealed text is cut short");
    if (box[0] != box_format)
        return invalid("a sealed text is of a format unknown to this version");
    if (box.substr(0, head_bytes) != keys_->head) {
        return Error{
            ErrorCode::not_found, "a sealed text is under another key than this site's", {}};
    }
    auto const* const nonce = octets(box) + head_bytes;
    std::string text(box.size() - overhead_bytes, '\0');
    auto const failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        octets(text), nullptr, nullptr, nonce + nonce_bytes, text.size() + tag_bytes,
        octets(keys_->head), head_bytes, nonce, keys_->box.data());
    if (failed != 0) return invalid("a sealed text was changed after it was sealed");
    return text;
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
    each_sealed(event, seal_one);
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
    each_sealed(value, open_one);
    return closed;
}

std::size_t Sealer::open_event(core::Event& event) const {
    return open_each(event);
}

std::size_t Sealer::open_state(core::State& state) const {
    return open_each(state);
}

Digest256 Sealer::seal_mark(std::string_view bytes) const {
    return blake2b_256(bytes, {reinterpret_cast<char const*>(keys_->mark.data()), key_bytes});
}

std::string Sealer::key_id_hex() const {
    return to_hex(std::string_view{keys_->head}.substr(1));
}

}  // namespace washup::journal
