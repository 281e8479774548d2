#include "daemon/engine/engine.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/derive/frozen.hpp"
#include "daemon/derive/trend.hpp"
#include "daemon/engine/answers.hpp"
#include "daemon/engine/erasure.hpp"
#include "proto/base/check.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::engine {

using core::Cause;
using core::CauseKind;
using core::RecordNumber;

constexpr char const* busy_words = "too much waits for the disk; try again";

Engine::Engine(core::State recovered, journal::Sealer const& sealer, std::uint64_t run)
    : state_(std::move(recovered)),
      sealer_(sealer),
      run_(run),
      hash_([this](std::string_view kind, std::string_view name_space, std::string_view number) {
          return sealer_.alias_key(kind, name_space, number);
      }),
      durable_(state_.head),
      last_now_(state_.last_at) {}

RecordNumber Engine::old_words() const {
    return sealer_.person_keys().old_words();
}

void Engine::step(Input const& input, Instant now, std::vector<Action>& actions) {
    // Records never go back in time, whatever the clock does.
    now = std::max(now, last_now_);
    last_now_ = now;
    std::visit([&](auto const& what) { on(what, now, actions); }, input);
}

RecordNumber Engine::commit(Cause cause, std::vector<core::Event> events, Instant now,
                            std::vector<Action>& actions) {
    auto record = std::make_shared<core::Record>();
    record->number = RecordNumber{state_.head.value() + 1};
    record->at = now;
    record->cause = std::move(cause);
    record->events = std::move(events);
    for (auto& event : record->events) {
        if (auto* erased = std::get_if<core::PersonErased>(&event)) destroy_keys(*erased);
    }
    auto keys = sealer_.seal_record(*record, state_);
    core::Changes changes;
    core::apply(state_, *record, changes);
    auto const number = record->number;
    actions.push_back(Append{std::move(record), std::move(keys)});
    carry_out_waiting(changes.appeared, now, actions);
    return number;
}

void Engine::destroy_keys(core::PersonErased& erased) {
    std::set<core::PersonId> const persons{erased.persons.begin(), erased.persons.end()};
    auto const items = items_about(state_, persons, hash_);
    std::set<core::InboxId> all{erased.inbox.begin(), erased.inbox.end()};
    all.insert(items.begin(), items.end());
    erased.inbox.assign(all.begin(), all.end());
    std::vector<journal::KeyOwner> owners;
    for (auto const id : erased.persons) owners.push_back(journal::owner_of(id));
    for (auto const id : erased.inbox) owners.push_back(journal::owner_of(id));
    erased.keys = sealer_.person_keys().destroy(owners);
}

// Inbox items that waited for a visit or person which is here now. Each becomes a record of its
// own, decided on the state as it is by then; one that still has to wait stays as it is.
void Engine::carry_out_waiting(std::set<core::AliasKey> const& appeared, Instant now,
                               std::vector<Action>& actions) {
    for (auto const& key : appeared) {
        auto const queue = state_.waiting.find(key);
        if (queue == state_.waiting.end()) continue;
        auto const items = queue->second;  // a copy: carrying one out changes the queue
        for (auto const id : items) {
            auto const item = state_.inbox.find(id);
            if (item == state_.inbox.end()) continue;
            auto const kept = ingest::observe_again(item->second.kept.observation.text, hash_);
            if (!kept) continue;  // its key is gone; it stays for a person to see
            auto events = core::decide_waiting(state_, item->second, *kept, now);
            if (events.empty()) continue;
            Cause cause;
            cause.record_name = kept->record_name;
            cause.trigger = kept->trigger;
            commit(std::move(cause), std::move(events), now, actions);
        }
    }
}

// One FIFO: an answer leaves when everything up to its record is durable, and never before one that
// was given earlier (design.md law 2). Only "busy" is said at once: the FIFO is full, and it speaks
// of no record.
void Engine::answer(RecordNumber until, Send send, bool command, std::vector<Action>& actions) {
    if (waiting_.empty() && until <= durable_) {
        actions.push_back(std::move(send));
        return;
    }
    if (!waiting_.empty()) until = std::max(until, waiting_.back().until);
    if (command) ++waiting_commands_;
    waiting_.push_back({until, std::move(send), command});
}

void Engine::on(Durable const& input, Instant, std::vector<Action>& actions) {
    WASHUP_CHECK(input.up_to <= state_.head, "only what was appended becomes durable");
    durable_ = std::max(durable_, input.up_to);
    while (!waiting_.empty() && waiting_.front().until <= durable_) {
        if (waiting_.front().command) --waiting_commands_;
        actions.push_back(std::move(waiting_.front().send));
        waiting_.pop_front();
    }
}

void Engine::on(HelloReceived const& input, Instant now, std::vector<Action>& actions) {
    auto const& hello = *input.hello;
    if (full()) {
        actions.push_back(Send{Port::ingest, input.from, refusal("busy", busy_words)});
        return;
    }
    if (auto const fault = fault_of(hello, state_); !fault.empty()) {
        answer(state_.head, Send{Port::ingest, input.from, refusal("hello", fault)}, false,
               actions);
        return;
    }
    auto const* epoch = epoch_of(state_, hello.source(), hello.epoch());
    if (epoch == nullptr || epoch->profile != hello.profile()) {
        Cause cause;
        cause.key = input.key;
        commit(std::move(cause),
               {core::SourceEpochBegan{hello.source(), hello.epoch(), hello.profile()}}, now,
               actions);
        epoch = epoch_of(state_, hello.source(), hello.epoch());
    }
    // The welcome waits for the disk like every answer, so its watermark is durable.
    answer(state_.head, Send{Port::ingest, input.from, welcome(hello, epoch->watermark, run_, now)},
           false, actions);
}

void Engine::on(RecordReceived const& input, Instant now, std::vector<Action>& actions) {
    auto const& record = *input.record;
    auto const refuse = [&](char const* code, std::string words) {
        answer(state_.head,
               Send{Port::ingest, input.from, refused_answer(record, code, std::move(words))},
               false, actions);
    };
    if (full()) {
        actions.push_back(
            Send{Port::ingest, input.from, refused_answer(record, "busy", busy_words)});
        return;
    }
    auto const* epoch = epoch_of(state_, record.source(), record.epoch());
    if (epoch == nullptr) {
        return refuse("hello_first", "say hello with this source and epoch first");
    }
    if (record.sequence() != 0 && record.sequence() <= epoch->watermark) {
        answer(state_.head, Send{Port::ingest, input.from, repeated_answer(record, *epoch)}, false,
               actions);
        return;
    }
    if (record.sequence() != epoch->watermark + 1) {
        return refuse("sequence_hole",
                      fmt::format("sequence {} was expected", epoch->watermark + 1));
    }
    auto const observation = ingest::observe(input.record, hash_);
    if (!observation) return refuse("envelope", observation.error().words);
    turn_clock(now, actions);
    auto decision = core::decide(state_, *observation, now);
    Cause cause;
    cause.kind = CauseKind::source;
    cause.key = input.key;
    cause.source = record.source();
    cause.epoch = record.epoch();
    cause.sequence = record.sequence();
    cause.digest = record.digest();
    cause.record_name = observation->record_name;
    cause.trigger = observation->trigger;
    cause.outcome = decision.outcome;
    auto const number = commit(cause, std::move(decision.events), now, actions);
    answer(number,
           Send{Port::ingest, input.from, record_answer(record, cause.outcome, number, false)},
           false, actions);
}

void Engine::on(CommandReceived const& input, Instant now, std::vector<Action>& actions) {
    auto const& wire = *input.command;
    if (full() || waiting_commands_ >= pending_commands_max) {
        Error const busy{ErrorCode::unavailable, busy_words, {}};
        actions.push_back(Send{Port::control, input.from, refused_command(wire.id(), busy)});
        return;
    }
    auto const refuse = [&](Error const& error) {
        answer(state_.head, Send{Port::control, input.from, refused_command(wire.id(), error)},
               true, actions);
    };
    if (auto const it = state_.commands.find(wire.id()); it != state_.commands.end()) {
        auto frame =
            accepted_command(wire.id(), it->second.record, it->second.outcome, input.copies);
        return answer(state_.head, Send{Port::control, input.from, std::move(frame)}, true,
                      actions);
    }
    auto command = ingest::read_command(wire, hash_);
    if (!command) return refuse(command.error());
    if (input.signed_in) {
        command->actor = *input.signed_in;
        command->actor_verified = true;
    }
    if (std::holds_alternative<core::ErasePerson>(command->what) && old_words()) {
        return refuse(refused(
            fmt::format(
                "records up to {} were written before each person had a key: their words "
                "lie under site.key and cannot be erased one by one. Stop the daemon, `washupd "
                "journal rekey FILE`, and restore that",
                old_words().value()),
            "stay"));
    }
    turn_clock(now, actions);
    auto decision = core::decide(state_, *command, now);
    if (!decision) return refuse(decision.error());
    Cause cause;
    cause.kind = CauseKind::command;
    cause.key = input.key;
    cause.command_id = command->id;
    cause.actor = command->actor;
    cause.actor_verified = command->actor_verified;
    cause.decided_by = command->decided_by;
    cause.outcome = decision->outcome;
    auto const number = commit(cause, std::move(decision->events), now, actions);
    answer(number,
           Send{Port::control, input.from,
                accepted_command(wire.id(), number, cause.outcome, input.copies)},
           true, actions);
}

// Before anything is decided at `now`, the days and deadlines before it have happened.
void Engine::turn_clock(Instant now, std::vector<Action>& actions) {
    if (state_.today.days != 0 && core::next_due(state_) > now) return;
    for (auto events = core::decide_due(state_, now); !events.empty();
         events = core::decide_due(state_, now)) {
        if (old_words()) {  // erased in name alone would be worse than not erased
            std::erase_if(events, [](auto const& event) {
                return std::holds_alternative<core::PersonErased>(event);
            });
        }
        count_day(events);
        derive::add_frozen(state_, events);
        commit({}, std::move(events), now, actions);
    }
}

// The figures of the day that ends are kept for trends, in the record that ends it. Of several days
// that were slept through only the last: the others were not seen.
void Engine::count_day(std::vector<core::Event>& events) const {
    Date begins;
    for (auto const& event : events) {
        if (auto const* turned = std::get_if<core::DayTurned>(&event)) begins = turned->date;
    }
    if (begins.days == 0 || state_.today.days == 0) return;
    for (auto& counted : derive::count_day(state_, begins)) events.emplace_back(std::move(counted));
}

void Engine::on(ClockAdvanced const&, Instant now, std::vector<Action>& actions) {
    turn_clock(now, actions);
    actions.push_back(WakeAt{core::next_due(state_)});
}

void Engine::on(ConfigRead const& input, Instant now, std::vector<Action>& actions) {
    if (state_.config_digest == input.digest) return;
    commit({}, core::decide_config(state_, {input.digest, input.config}), now, actions);
}

void Engine::on(KeysRead const&, Instant now, std::vector<Action>& actions) {
    core::PersonErased erased;
    erased.how = "list";
    for (auto const& owner : sealer_.person_keys().all_destroyed()) {
        if (owner.kind == journal::KeyOwner::Kind::person) {
            auto const* person = state_.person(core::PersonId{owner.number});
            if (person != nullptr && !person->erased()) erased.persons.push_back(person->id);
        } else if (auto const item = state_.inbox.find(core::InboxId{owner.number});
                   item != state_.inbox.end() && item->second.settled.empty() &&
                   item->second.count == 1) {
            erased.inbox.push_back(item->first);
        }
    }
    if (erased.persons.empty() && erased.inbox.empty()) return;
    commit({}, {std::move(erased)}, now, actions);
}

void Engine::on(ClockJumped const& input, Instant now, std::vector<Action>& actions) {
    commit({}, {core::ClockStepped{input.from, input.to}}, now, actions);
}

}  // namespace washup::engine
