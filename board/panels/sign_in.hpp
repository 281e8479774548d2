#pragma once
// The page on which a person signs in: who, and their PIN, which is shown as dots from the first
// digit on. And the form behind it, a plain machine: keys and instants come in, a staff id and a
// PIN come out. It stands in place of what the machine shows to everybody, and not for long.

#include <cstdint>
#include <optional>
#include <string>

#include "board/model/freshness.hpp"
#include "board/model/phrase.hpp"

namespace washup::board {

class Pen;

// Longer than any of them; further keys do nothing.
inline constexpr std::size_t staff_id_typed_max = 32;
inline constexpr std::size_t pin_typed_max = 12;

// A form that nobody types on leaves the wall to those who read it.
inline constexpr std::int64_t form_idle_ms = 30'000;

class SignInForm {
  public:
    enum class Key : std::uint8_t { enter, leave, erase };
    struct Entered {
        std::string staff, pin;
    };

    ~SignInForm();
    // Closed at first. It closes when somebody is in, when it is left, and by itself.
    bool is_open() const { return open_; }
    void open(std::int64_t steady_ms);
    void close();
    // Something was pressed; and at any time, whether anything was or not.
    void touched(std::int64_t steady_ms) { touched_ms_ = steady_ms; }
    void tick(std::int64_t steady_ms);
    // What a keyboard gives: letters, digits and . _ - for the id, digits for the PIN.
    void type(char32_t letter);
    // Enter goes from the id to the PIN, and from there to the daemon; leave begins anew, and with
    // nothing typed it closes.
    std::optional<Entered> press(Key key);
    // The last one who was signed in here comes back by their PIN alone.
    void expect(std::string const& staff);

    std::string const& staff() const { return staff_; }
    std::size_t pin_digits() const { return pin_.size(); }
    bool at_pin() const { return at_pin_; }

  private:
    void forget_pin();
    std::string staff_, pin_;
    bool at_pin_ = false, open_ = false;
    std::int64_t touched_ms_ = 0;
};

struct SignInUi {
    std::string staff;
    std::size_t pin_digits = 0;
    bool at_pin = false;
    bool open = false;
};

struct SignInView {
    Phrase why;  // how the last session ended, or what was wrong with the last PIN
    std::string staff;
    std::size_t pin_digits = 0;
    bool at_pin = false, checking = false;
    Phrase help;
};

SignInView make_sign_in(Model const& model, SignInUi const& ui);
void draw_sign_in(Pen& pen, SignInView const& view);
std::string text_of(SignInView const& view);

}  // namespace washup::board
