#pragma once
// A board's side of signing in: what is asked, what is heard, and who the person in front of it is
// by that. Pure: frames in, frames out. Whether a session goes on is the daemon's to say; here it
// is only never believed for longer than the connection lasts.

#include <optional>
#include <string>

#include "board/model/model.hpp"
#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::v1 {
class SessionEnded;
class SignInAnswer;
}  // namespace washup::v1

namespace washup::board {

// A person who types is told of this often, not at each key.
inline constexpr Duration acted_every = seconds(10);

class SignIn {
  public:
    explicit SignIn(bool needed);
    Person const& person() const { return person_; }

    // The frame that asks.
    Bytes ask(std::string const& staff, std::string const& pin);
    // Signed in, or the daemon's words.
    Result<void> answered(v1::SignInAnswer const& answer);
    // By the daemon, or because the connection has gone. False: nobody was signed in.
    bool ended(std::string words);
    // The frame that tells of a person's doing; none when nobody is signed in, or it was told a
    // moment ago.
    std::optional<Bytes> acted(SteadyInstant now);

  private:
    Person person_;
    SteadyInstant told_;
};

}  // namespace washup::board
