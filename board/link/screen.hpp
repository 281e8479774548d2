#pragma once
// What a board shows, as a machine: the standing view of its key, which a feed brings whoever is in
// front of it, and over it the personal view of whoever signed in. Each is kept right by a replica
// of its own, so that the wall falls back without an empty moment, and what was personal is gone
// with the session. Time comes in, Models go out; no socket, no clock. Who is signed in is not
// decided here (sign_in.hpp).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "board/model/model.hpp"
#include "proto/base/prng.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/replica.hpp"

namespace washup::board {

// One view that is followed: its replica, and its rows as a Model.
class FollowedView {
  public:
    FollowedView(int view, Prng prng);

    int view() const { return view_; }
    // True: what it shows has changed.
    bool step(wire::ReplicaInput const& input, SteadyInstant now);
    // Whether its snapshot is to be asked for, until asked() says that it was.
    bool wants_snapshot() const { return ask_; }
    void asked() { ask_ = false; }
    wire::Replica const& replica() const { return replica_; }
    // Its rows and how far it is; of the person it knows nothing.
    Model const& model() const { return model_; }

  private:
    int view_;
    wire::Replica replica_;
    Model model_;
    bool ask_ = false;
};

// When somebody should look again.
enum class Change : std::uint8_t { none, soon, now };

class Screen {
  public:
    // `personal`: the view of whoever signs in; none where nobody does.
    Screen(std::optional<int> personal, Prng prng) : personal_view_(personal), prng_(prng) {}

    // The view that the machine's feed brings. Another one than before begins anew: what a machine
    // may not show any more does not stay on it.
    void stand(int view);
    std::optional<int> standing_view() const;

    // Somebody signed in, and what is theirs is followed; nobody is any more, and it is gone.
    void open();
    void close();
    // The daemon says that the personal view is not for this person.
    void refuse(std::string words);

    // A heartbeat or delta of the feed; a heartbeat, delta or snapshot chunk of the control
    // connection. What belongs to neither view, or came too late for it, changes nothing; a
    // heartbeat is a sign of life each second, whatever else happened.
    Change from_feed(wire::Frame const& frame, SteadyInstant now);
    Change from_control(wire::Frame const& frame, SteadyInstant now);
    Change tick(SteadyInstant now);

    // Views whose snapshot is to be asked for.
    std::vector<int> wanted() const;
    void asked(int view);

    // The personal view is what is shown: from its first whole picture to the end of the session.
    bool shows_personal() const;
    std::string const& refused_words() const { return refused_words_; }
    Model const& model() const;

  private:
    static Change heard(FollowedView* view, wire::Frame const& frame, SteadyInstant now);

    std::optional<int> personal_view_;
    Prng prng_;
    std::unique_ptr<FollowedView> standing_, personal_;  // null: not told yet; nobody signed in
    std::string refused_words_;
};

}  // namespace washup::board
