#pragma once
// A person's identity: the numbers by which others know the person, and facts that are not about
// one stay. A merge is a link that reading follows; nothing is moved (product.md section 3).

#include <map>
#include <set>
#include <vector>

#include "daemon/core/history.hpp"

namespace washup::core {

struct KnownIdentifier {
    IdentifierKind kind = IdentifierKind::local;
    Code name_space;
    AliasKey key;
    Sealed number;
    bool doubtful = false;
    static void describe(auto& self, auto&& field) {
        field(1, self.kind);
        field(2, self.name_space);
        field(3, self.key);
        field(4, self.number);
        field(5, self.doubtful);
    }
};

inline constexpr std::size_t person_identifiers_max = 64;

struct Person {
    PersonId id;
    std::vector<KnownIdentifier> identifiers;
    std::map<Field, FieldHistory> fields;
    std::set<StayId> stays;
    PersonId survivor;           // when merged: the record that reads for this one
    std::set<PersonId> retired;  // records that are read through this one
    Instant last_contact;        // when something was last told of it, or its last stay ended
    Instant erased_at;           // 0 = it was not
    bool erased() const { return erased_at.ms != 0; }
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.identifiers);
        field(3, self.fields);
        field(4, self.stays);
        field(5, self.survivor);
        field(6, self.retired);
        field(7, self.last_contact);
        field(8, self.erased_at);
    }
};

}  // namespace washup::core
