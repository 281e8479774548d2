#include "daemon/journal/key_table.hpp"

namespace washup::journal {

Result<KeyTable> KeyTable::open(Connection& db) {
    auto insert = db.prepare(
        "INSERT OR IGNORE INTO person_key (id, kind, number, wrapped) VALUES (?, ?, ?, ?)");
    if (!insert) return insert.error();
    auto overwrite = db.prepare("UPDATE person_key SET wrapped = ? WHERE id = ?");
    if (!overwrite) return overwrite.error();
    return KeyTable{std::move(*insert), std::move(*overwrite)};
}

Result<void> KeyTable::keep(std::vector<StoredKey> const& keys) {
    for (auto const& key : keys) {
        insert_.bind(1, key.id);
        insert_.bind(2, static_cast<std::int64_t>(key.owner.kind));
        insert_.bind(3, static_cast<std::int64_t>(key.owner.number));
        insert_.bind(4, key.wrapped);
        auto const done = insert_.step();
        insert_.reset();
        if (!done) return done.error();
    }
    return {};
}

Result<void> KeyTable::destroy(std::vector<Bytes> const& ids) {
    Bytes const zeros(StoredKey::wrapped_bytes, '\0');
    for (auto const& id : ids) {
        overwrite_.bind(1, zeros);
        overwrite_.bind(2, id);
        auto const done = overwrite_.step();
        overwrite_.reset();
        if (!done) return done.error();
    }
    return {};
}

Result<std::vector<StoredKey>> read_keys(Connection& db) {
    std::vector<StoredKey> keys;
    auto const there = db.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'person_key'");
    if (!there) return there.error();
    if (*there == "0") return keys;
    auto rows = db.prepare("SELECT id, kind, number, wrapped FROM person_key ORDER BY nth");
    if (!rows) return rows.error();
    for (;;) {
        auto const row = rows->step();
        if (!row) return row.error();
        if (!*row) return keys;
        auto const kind = rows->number(1);
        if (kind < 1 || kind > 2 || rows->octets(0).size() != StoredKey::id_bytes ||
            rows->octets(3).size() != StoredKey::wrapped_bytes) {
            return invalid("a row of person_key is damaged; restore the journal from the backup");
        }
        keys.push_back(
            {Bytes{rows->octets(0)},
             {static_cast<KeyOwner::Kind>(kind), static_cast<std::uint64_t>(rows->number(2))},
             Bytes{rows->octets(3)}});
    }
}

}  // namespace washup::journal
