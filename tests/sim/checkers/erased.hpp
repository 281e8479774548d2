#pragma once
// Erased: once a record says that a person was erased, nobody opens their words again, whoever has
// the disk and the site's key. The destroyed keys are in no file of it, what lies under them stays
// shut, and neither fold of the daemon holds words that stood there. What the rows show is the
// oracle's matter; that every count stays, too.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Erased {
  public:
    explicit Erased(Objections& objections) : objections_(objections) {}

    // Keys as they go to the disk.
    void made(std::vector<journal::StoredKey> const& keys);
    // Every durable record; again at a start.
    void stored(core::Record const& record);
    // What the daemon holds in memory.
    void look(char const* fold, core::State const& state);
    // What anybody finds who has the disk and `stranger`, a sealer of the site's key. All records
    // are read, so this is done now and then.
    void look(journal::Journal& journal, std::vector<std::string> const& files,
              journal::Sealer const& stranger);

    std::size_t keys_destroyed() const { return destroyed_.size(); }

  private:
    bool is_destroyed(Bytes const& box) const;

    Objections& objections_;
    std::map<Bytes, Bytes> wrapped_;  // by id, as long as the key may have to be looked for
    std::set<Bytes> destroyed_;       // ids
};

}  // namespace washup::sim
