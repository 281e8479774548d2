#include "board/link/link_phase.hpp"

namespace washup::board {

LinkPhase phase_of(wire::Replica const& replica) {
    if (!replica.complete() && !replica.refused_words().empty()) return LinkPhase::refused;
    switch (replica.state()) {
        case wire::ReplicaState::waiting:
            return LinkPhase::waiting;
        case wire::ReplicaState::syncing:
            return LinkPhase::loading;
        case wire::ReplicaState::live:
            return LinkPhase::following;
        case wire::ReplicaState::resyncing:
            return LinkPhase::catching_up;
        case wire::ReplicaState::lost:
            return replica.complete() ? LinkPhase::catching_up : LinkPhase::waiting;
    }
    return LinkPhase::waiting;
}

}  // namespace washup::board
