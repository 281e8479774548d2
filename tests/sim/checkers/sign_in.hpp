#pragma once
// SignIn: nobody acts at a workstation who is locked, signed out or revoked there. It is told what
// people do with their hands and what operators do with keys and PINs, and works out by itself who
// may be taken for whom; of the daemon's sessions it knows nothing.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "proto/base/time.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class SignIn {
  public:
    explicit SignIn(Objections& objections) : objections_(objections) {}

    // A PIN arrives; `right` for this person now.
    void typed(std::string const& station, std::string const& staff, bool right);
    // The daemon looks at the PIN that was typed there.
    void checked(std::string const& staff, SteadyInstant now);
    // It was wrong, and that is told: what nobody was told need not be remembered over a kill.
    void wrong(std::string const& staff, SteadyInstant now);
    void began(std::string const& station, std::string const& staff, SteadyInstant now);
    // Something that a person asked for is taken as that person's.
    void acted(std::string const& station, std::string const& staff, SteadyInstant now);
    void signed_out(std::string const& station) { at_.erase(station); }
    void revoked(std::string const& station, bool is);
    void pin_changed(std::string const& staff);
    // The daemon went down: it knows nobody any more; wrong PINs are not forgotten by it.
    void all_gone() { at_.clear(); }

    std::size_t acts() const { return acts_; }
    std::size_t begins() const { return begins_; }

  private:
    struct Typed {
        std::string staff;
        bool right = false;
    };
    struct Seat {
        std::string staff;
        SteadyInstant last;
    };
    struct Wrong {
        unsigned in_a_row = 0;
        SteadyInstant last;
    };
    Objections& objections_;
    std::map<std::string, Typed> typed_;  // by station: what was typed last
    std::map<std::string, Seat> at_;
    std::map<std::string, bool> revoked_;
    std::map<std::string, Wrong> wrong_;  // by staff id
    std::size_t acts_ = 0, begins_ = 0;
};

}  // namespace washup::sim
