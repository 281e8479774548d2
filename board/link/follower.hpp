#pragma once
// The board's side of the wire: one thread that follows a view of the daemon and gives out what it
// shows as Models that never change, and that carries commands and their answers. It decides
// nothing: screen.hpp says what is shown, wire/replica how right it is.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "board/model/model.hpp"
#include "proto/base/result.hpp"
#include "proto/link/key_pair.hpp"

namespace washup::v1 {
class Answer;
class Command;
class History;
}  // namespace washup::v1

namespace washup::board {

// Commands and questions that wait for an answer; more are refused at once.
inline constexpr std::size_t pending_commands_max = 256;

struct FollowerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t base_port = 7700;
    std::optional<link::ClientKeys> keys;
    int tier = 1;  // v1::View: 4 is the room's
    // A command is sent again with the same id until answered, at most for this long.
    Duration answer_wait = seconds(10);
    Duration send_again_after = seconds(2);
    // A burst of deltas gives one new Model, not hundreds.
    Duration publish_pause = milliseconds(40);
};

// A confirmed picture; of whoever signed in, once somebody is: `tier` is what was asked for.
bool is_settled(Model const& model, int tier);

class Follower {
  public:
    using OnAnswer = std::function<void(Result<std::shared_ptr<v1::Answer const>>)>;
    using OnHistory = std::function<void(Result<std::shared_ptr<v1::History const>>)>;

    // All callbacks come on the follower's own thread: they post, they do not work. `on_change`
    // comes at each new Model, at least once per heartbeat.
    Follower(FollowerOptions options, std::function<void()> on_change);
    ~Follower();  // no callback comes afterwards

    // Never null; before the first snapshot it is empty and says so. Any thread.
    std::shared_ptr<Model const> model() const;

    // Gives the command an id when it has none. No answer in time is an Error `unavailable`: it may
    // have been carried out all the same, and the same id may be sent again. Any thread.
    void submit(v1::Command const& command, OnAnswer done);
    void ask_history(std::string const& stay, OnHistory done);

    // With keys, tier 3 and the room are given to a person who signs in on this connection; before
    // and after it the Model is the standing tier's of the key (Model::tier says which). The rows
    // come then, and are taken away when the session ends, however it ends. `done`, once: in, or
    // the daemon's words (Error::field = wait: not before its pause is over). Any thread.
    using OnSignIn = std::function<void(Result<void>)>;
    void sign_in(std::string const& staff, std::string const& pin, OnSignIn done);
    void sign_out();
    // Somebody did something here: the session goes on. As often as one likes.
    void acted();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace washup::board
