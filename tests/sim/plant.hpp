#pragma once
// Faults that a healthy house does not have, put into it to see that a checker objects.

#include <cstdint>

namespace washup::sim {

enum class Plant : std::uint8_t {
    none,
    lose_durable,       // the disk forgets a record that it had synced
    keep_keys,          // the disk keeps the key of somebody who was erased
    answer_early,       // an answer leaves before its record is on the disk
    repeat_content,     // an adapter that forgot what it sent gives it another sequence
    acknowledge_early,  // an adapter acknowledges what it has not kept
    forget_index,       // an adapter does not know again what it kept
    swap_answers,       // two answers overtake each other
    alter_row,          // a row changes on its way out of the reader
    forget_row,         // a row never leaves the reader
    freeze_feed,        // the network repeats a board's last heartbeat, and nothing else comes
    large_frame,        // a frame above frame_bytes_max
    hide_source,        // a board leaves the rows of sources out of its model
    untold_breach,      // a clock runs out and nobody is told
    early_breach,       // a breach is told with another time
    unsaid_milestone,   // a clock is stopped by what nobody recorded
    unsaid_word,        // a wash-up holds what it did not say
    alter_frozen,       // a cycle freezes another Pareto
    keep_signed_in,     // whoever is at a machine whose key is revoked goes on there
    never_lock,         // a workstation that nobody touches is not locked
    never_heal,         // a link stays down when everything is healed
};

}  // namespace washup::sim
