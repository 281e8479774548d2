#include "board/panels/sign_in.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace washup::board {

SignInForm::~SignInForm() {
    forget_pin();
}

void SignInForm::forget_pin() {
    std::fill(pin_.begin(), pin_.end(), '\0');
    pin_.clear();
}

void SignInForm::open(std::int64_t steady_ms) {
    open_ = true;
    touched_ms_ = steady_ms;
}

void SignInForm::close() {
    forget_pin();
    open_ = false;
}

void SignInForm::tick(std::int64_t steady_ms) {
    if (open_ && steady_ms - touched_ms_ >= form_idle_ms) close();
}

void SignInForm::type(char32_t letter) {
    auto const digit = letter >= U'0' && letter <= U'9';
    if (at_pin_) {
        if (digit && pin_.size() < pin_typed_max) pin_ += static_cast<char>(letter);
        return;
    }
    auto const fits = digit || (letter >= U'a' && letter <= U'z') ||
                      (letter >= U'A' && letter <= U'Z') || letter == U'.' || letter == U'_' ||
                      letter == U'-';
    if (fits && staff_.size() < staff_id_typed_max) staff_ += static_cast<char>(letter);
}

std::optional<SignInForm::Entered> SignInForm::press(Key key) {
    switch (key) {
        case Key::leave:
            if (staff_.empty()) close();
            forget_pin();
            staff_.clear();
            at_pin_ = false;
            return std::nullopt;
        case Key::erase:
            if (!at_pin_) {
                if (!staff_.empty()) staff_.pop_back();
            } else if (!pin_.empty()) {
                pin_.back() = '\0';
                pin_.pop_back();
            } else {
                at_pin_ = false;
            }
            return std::nullopt;
        case Key::enter:
            break;
    }
    if (!at_pin_) {
        at_pin_ = !staff_.empty();
        return std::nullopt;
    }
    if (pin_.empty()) return std::nullopt;
    Entered entered{staff_, pin_};
    forget_pin();
    return entered;
}

void SignInForm::expect(std::string const& staff) {
    forget_pin();
    staff_ = staff;
    at_pin_ = !staff.empty();
}

SignInView make_sign_in(Model const& model, SignInUi const& ui) {
    SignInView view;
    view.staff = ui.staff;
    view.pin_digits = ui.pin_digits;
    view.at_pin = ui.at_pin;
    view.checking = model.person.state == PersonState::checking;
    // In the daemon's words; "locked" and "signed out" alone where there is no room for why.
    auto words = model.person.words;
    if (!words.empty()) words.front() = static_cast<char>(std::toupper(words.front()));
    view.why = words;
    if (auto const colon = words.find(':'); colon != std::string::npos) {
        view.why = Phrase::of(words, words.substr(0, colon));
    }
    view.help = view.checking ? Phrase("One moment")
                : ui.at_pin   ? Phrase::of("Number keys, then Enter. Esc: somebody else",
                                           "Digits, Enter. Esc: another", "Enter, or Esc")
                              : Phrase::of("Type your staff id, then Enter. Esc: back",
                                           "Staff id, Enter. Esc: back", "Staff id, Enter");
    return view;
}

std::string text_of(SignInView const& view) {
    std::string out;
    if (!view.why.empty()) out += view.why.words() + "\n";
    out += "Staff id  " + view.staff + (view.at_pin ? "" : "_") + "\n";
    out += "PIN       ";
    for (std::size_t i = 0; i < view.pin_digits; ++i) out += "●";
    out += view.at_pin && !view.checking ? "_\n" : "\n";
    return out + view.help.words() + "\n";
}

}  // namespace washup::board
