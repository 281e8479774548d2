#pragma once
// A daemon with a key list of its own, made as an operator makes it: keys for a ward's feed, a wall
// and a desk; and people with PINs. See town.hpp.

#include <memory>
#include <string>
#include <vector>

#include "tests/support/temp_dir.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {

class KeyedTown {
  public:
    KeyedTown();
    // `role`: what `washupctl keys new NAME` takes besides.
    void make(std::string const& name, std::vector<std::string> const& role);
    void revoke(std::string const& name);
    // With `more` at the end of the site's file. False: it did not come up.
    bool start(std::string const& more = {});
    // washupctl with the key of that name; none: without a key.
    Finished ctl(std::string const& with, std::vector<std::string> words,
                 std::string const& input = {}) const;
    // The same, signed in with that PIN.
    Finished ctl_as(std::string const& with, std::string const& staff, std::string const& pin,
                    std::vector<std::string> words) const;
    // Onto the staff list, with a PIN, by the desk's key.
    void hire(std::string const& staff, std::string const& pin, std::string const& role = "chair");
    void set_pin(std::string const& staff, std::string const& pin);
    Finished feed_ward(std::string const& with, int within_s = 30) const;

    std::string key(std::string const& name) const { return file(name + ".key"); }
    std::string file(std::string const& name) const { return folder_.file(name); }
    void write(std::string const& name, std::string const& text) { folder_.write(name, text); }
    std::string const& daemon_key() const { return daemon_key_; }
    Process& daemon() { return *daemon_; }

    test_support::FreePorts ports;

  private:
    test_support::TempDir folder_;
    std::string daemon_key_;
    std::unique_ptr<Process> daemon_;
};

}  // namespace washup::integration
