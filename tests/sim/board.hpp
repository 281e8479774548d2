#pragma once
// A board of the simulated house: the real replica and the real model over it, with the link state
// as a wall shows it. It stands in for board/link/follower, which has threads and sockets.

#include <functional>
#include <memory>
#include <string>

#include "board/model/model.hpp"
#include "proto/wire/replica.hpp"
#include "tests/sim/daemon.hpp"

namespace washup::sim {

class Board {
  public:
    Board(World world, std::string name, v1::View view, std::function<void()> ask_snapshot);

    void hear(Bytes const& frame);
    void tick();
    // Every rule about what it shows now.
    void look();
    // The program ends and is started again: it holds nothing.
    void restart();

    std::string const& name() const { return name_; }
    v1::View view() const { return view_; }
    bool live() const { return replica_->state() == wire::ReplicaState::live; }
    wire::Replica const& replica() const { return *replica_; }
    board::Model const& model() const { return model_; }
    std::uint64_t snapshots() const { return snapshots_; }

    int feed_way = 0, ask_way = 0, answer_way = 0;

  private:
    void step(wire::ReplicaInput const& input);
    void show();
    bool shows(std::uint32_t kind) const;

    World world_;
    std::string name_;
    v1::View view_;
    std::function<void()> ask_snapshot_;
    std::unique_ptr<wire::Replica> replica_;
    board::Model model_;
    std::uint64_t snapshots_ = 0;
    v1::Heartbeat last_beat_;  // of Plant::freeze_feed
};

}  // namespace washup::sim
