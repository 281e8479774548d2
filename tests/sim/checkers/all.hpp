#pragma once
// All who look on, as the parties of the house reach them.

#include "tests/sim/checkers/bounds.hpp"
#include "tests/sim/checkers/durability.hpp"
#include "tests/sim/checkers/erased.hpp"
#include "tests/sim/checkers/freshness.hpp"
#include "tests/sim/checkers/once_only.hpp"
#include "tests/sim/checkers/oracle.hpp"
#include "tests/sim/checkers/order.hpp"
#include "tests/sim/checkers/sign_in.hpp"
#include "tests/sim/checkers/silence.hpp"

namespace washup::sim {

struct Checkers {
    Checkers(journal::Sealer const& sealer, Duration expected_within, Duration clock_off_max)
        : durability(objections),
          once_only(objections),
          order(objections),
          oracle(objections, sealer),
          erased(objections),
          freshness(objections),
          bounds(objections),
          sign_in(objections),
          silence(objections, expected_within, clock_off_max) {}

    Objections objections;
    Durability durability;
    OnceOnly once_only;
    Order order;
    Oracle oracle;
    Erased erased;
    Freshness freshness;
    Bounds bounds;
    SignIn sign_in;
    Silence silence;
};

}  // namespace washup::sim
