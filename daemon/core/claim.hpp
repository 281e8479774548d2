#pragma once
// Whose time a blocker is, by those who say so (product.md section 3, Blockers): sources that name
// different holders dispute it, both claims are kept, and a person is asked. What people agree is a
// command (decide_correct.cpp).

#include "daemon/core/decider.hpp"

namespace washup::core {

inline constexpr char const* disputed_holder = "disputed";

// A source corrects its own blocker: what others claimed of it stands beside what it says now, and
// a dispute stays one until people agree.
void keep_claims(Decider& d, Blocker const& held, BlockerOpened& opening);

// A source names the holder of a blocker that it has no reference to. What nobody named yet it
// overrides, its own word it corrects; against another's word both claims are kept, and a person is
// asked. What was claimed before says nothing new, so what people agreed stands.
void hear_claim(Decider& d, StayId home, Blocker const& held, BlockerOpened const& told);

}  // namespace washup::core
