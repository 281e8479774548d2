#include "board/link/sign_in.hpp"

#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board {

SignIn::SignIn(bool needed) {
    person_.state = needed ? PersonState::signed_out : PersonState::not_asked;
}

Bytes SignIn::ask(std::string const& staff, std::string const& pin) {
    v1::SignIn asked;
    asked.set_staff(staff);
    asked.set_pin(pin);
    if (person_.state != PersonState::signed_in) person_ = {PersonState::checking, staff, {}};
    return wire::encode(wire::Kind::sign_in, asked);
}

Result<void> SignIn::answered(v1::SignInAnswer const& answer) {
    if (answer.accepted()) {
        person_ = {PersonState::signed_in, answer.staff(), {}};
        return {};
    }
    person_.words = answer.words();
    if (person_.state == PersonState::checking) person_.state = PersonState::signed_out;
    return Error{ErrorCode::refused, answer.words(), answer.code()};
}

bool SignIn::ended(std::string words) {
    auto const anybody =
        person_.state == PersonState::signed_in || person_.state == PersonState::checking;
    if (!anybody) return false;
    person_.state = PersonState::signed_out;
    person_.words = std::move(words);
    return true;
}

std::optional<Bytes> SignIn::acted(SteadyInstant now) {
    if (person_.state != PersonState::signed_in) return std::nullopt;
    if (told_.ms != 0 && now - told_ < acted_every) return std::nullopt;
    told_ = now;
    return wire::encode(wire::Kind::person_acted, v1::PersonActed{});
}

}  // namespace washup::board
