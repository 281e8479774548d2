// What people ask of the daemon, from a board and from the workstations where they sign in.

#include <fmt/format.h>

#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/sim/house.hpp"
#include "washup/v1/command.pb.h"

namespace washup::sim {
namespace {

constexpr std::uint64_t command_permille = 300;
// What business support leaves in the inbox of a hospital for later.
constexpr std::uint64_t inbox_left = 100;

}  // namespace

void House::make_desk() {
    story_.board([this] {
        std::vector<tests::SeenBlocker> seen;
        for (auto const& [id, stay] : checkers_.oracle.said().stays) {
            for (auto const& blocker : stay.blockers) {
                seen.push_back({id.value(), blocker.said.blocker.value(), !!blocker.closed});
            }
        }
        return seen;
    });
    desk_ = std::make_unique<FrontDesk>(
        world_, *daemon_, Prng{chance_.next()}, [this](auto const& from, auto const& staff) {
            if (!weather_.faults) return;
            auto const command =
                story_.next_command(fmt::format("w{}", next_command_++), ward_time());
            daemon_->hear(engine::CommandReceived{from, std::make_shared<v1::Command>(command),
                                                  from, core::StaffId{staff}});
        });
}

void House::commands() {
    for (auto const& [id, frame] : unanswered_) ask(id, frame);  // the same id until answered
    if (!weather_.faults && options_.hours == 0) return;
    if (chance_.chance(command_permille)) {
        give(story_.next_command(fmt::format("c{}", next_command_++), ward_time()));
    }
    if (options_.hours > 0 && daemon_->up()) settle_inbox();
}

// In a year somebody looks after what no program could read; else nothing but that would grow.
void House::settle_inbox() {
    auto const last = daemon_->engine().state().last_inbox.value();
    for (; settled_ + inbox_left < last; ++settled_) {
        v1::Command command;
        command.set_id(fmt::format("s{}", settled_ + 1));
        command.set_actor("support");
        command.mutable_settle_inbox()->set_item(settled_ + 1);
        command.mutable_settle_inbox()->set_why("looked after");
        give(command);
    }
}

void House::give(v1::Command const& command) {
    auto const frame = wire::encode(wire::Kind::command, command);
    unanswered_[command.id()] = frame;
    ask(command.id(), frame);
}

void House::ask(std::string const&, Bytes const& frame) {
    network_.send(command_way_, [this, frame] {
        auto command = std::make_shared<v1::Command>();
        auto const decoded = wire::decode(frame);
        WASHUP_CHECK(wire::parse(*decoded, *command).has_value(), "of its kind");
        daemon_->hear(engine::CommandReceived{"board", command});
    });
}

void House::on_answer(Bytes const& bytes) {
    auto const frame = wire::decode(bytes);
    v1::Answer answer;
    WASHUP_CHECK(frame->kind == wire::Kind::answer && wire::parse(*frame, answer), "an answer");
    unanswered_.erase(answer.command_id());
}

}  // namespace washup::sim
