#pragma once
// The Pareto of a weekly cycle as it stands when the cycle closes, made into events so that no
// later fact moves it (product.md section 5, "A frozen copy is kept"). Done by the engine, beside
// what the core decided; the core knows no Pareto.

#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

// The leaves of one scope and window: bed days, and people counted once.
std::vector<core::FrozenLeaf> leaves_of(core::State const& state, std::string const& scope,
                                        core::Code const& window);
// The windows that a cycle freezes: "now" and the last seven complete days.
inline constexpr char const* frozen_windows[] = {"now", "7"};

// Puts the frozen copies of every cycle that closes in `events` behind them.
void add_frozen(core::State const& state, std::vector<core::Event>& events);

}  // namespace washup::derive
