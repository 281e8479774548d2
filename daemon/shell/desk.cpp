#include "daemon/shell/desk.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <boost/asio/post.hpp>
#include <sstream>

#include "daemon/access/pin.hpp"
#include "daemon/engine/answers.hpp"
#include "daemon/journal/erasures.hpp"
#include "daemon/shell/failure_file.hpp"
#include "proto/base/check.hpp"
#include "proto/base/log.hpp"
#include "washup/v1/command.pb.h"

namespace washup::shell {

namespace net = boost::asio;
using access::Door;
using wire::Kind;

namespace {

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

// Who may act: the one who signed in; without keys whoever it says; and whoever runs the daemon may
// keep the staff list, or nobody could ever sign in. What their role is for is the gate's.
Result<std::optional<core::StaffId>> actor_of(v1::Command const& command, bool keyed,
                                              access::Session const* session, bool keeps_list) {
    auto const about_list = command.has_add_staff() || command.has_set_pin();
    if (command.has_set_pin() && keyed && !keeps_list) {
        return refused("PINs are set from an operator's machine", "role");
    }
    if (session != nullptr) {
        if (!command.actor().empty() && command.actor() != session->staff) {
            return refused(fmt::format("{} is signed in here; leave `actor` empty, or sign in",
                                       session->staff),
                           "actor");
        }
        return std::optional<core::StaffId>{session->staff};
    }
    if (!keyed || (about_list && keeps_list)) return std::optional<core::StaffId>{};
    return refused("sign in first; then send it again with the same id", "session");
}

}  // namespace

Desk::Desk(net::io_context& io, Doors& doors, Reception& reception, House house,
           std::vector<config::StaffRole> const& staff_roles)
    : io_(io), doors_(doors), reception_(reception), house_(std::move(house)), gate_(staff_roles) {}

Desk::~Desk() = default;

PinThread& Desk::pins() {
    if (!pins_) pins_ = std::make_unique<PinThread>();
    return *pins_;
}

access::Peer Desk::peer(std::string const& from) {
    return {from, doors_.control().line(), doors_.control().sender()};
}

void Desk::refuse(std::string const& from, Error const& error) {
    reception_.refuse(Door::control, from, error);
}

void Desk::send(std::string const& to, Kind kind, google::protobuf::MessageLite const& message) {
    doors_.control().try_send(to, wire::encode(kind, message));
}

void Desk::asked(std::string const& from, bool taken) {
    if (!taken) refuse(from, too_many_questions());
}

void Desk::take(std::string from, std::string const& bytes) {
    auto const frame = reception_.admitted(Door::control, from, bytes);
    if (!frame) return;
    beat();  // who has left is not served, whenever the next second comes
    switch (frame->kind) {
        case Kind::command:
            return on_command(from, *frame);
        case Kind::snapshot_request:
            return on_snapshot(from, *frame);
        case Kind::history_request:
            return on_history(from, *frame);
        case Kind::report_request:
            return on_report(from, *frame);
        case Kind::sign_in:
            return on_sign_in(from, *frame);
        case Kind::sign_out:
            return step(access::SignOutAsked{peer(from)});
        case Kind::person_acted:
            return step(access::Acted{peer(from)});
        case Kind::follow_request:
            return on_follow(from, *frame);
        case Kind::doors_request:
            return report_doors(from);
        case Kind::standing_request:
            return tell_standing(from);
        default:
            return refuse(from, invalid("this kind does not belong on the control port", "kind"));
    }
}

// ---- sessions
void Desk::step(access::SessionInput const& input) {
    std::vector<access::SessionAction> actions;
    sessions_.step(input, house_.now(), actions);
    for (auto const& action : actions) act(action);
}

void Desk::act(access::SessionAction const& action) {
    std::visit([this](auto const& what) { on(what); }, action);
}

void Desk::on(access::CheckPin const& check) {
    auto const ticket = check.ticket;
    auto const taken = pins().check(check.held, check.pin, [this, ticket](bool matched) {
        net::post(io_, [this, ticket, matched] { step(access::PinChecked{ticket, matched}); });
    });
    WASHUP_CHECK(taken, "no more are asked for than the queue holds");
}

// What cannot be kept is not said either: nobody learns whether a PIN was right without its being
// counted.
void Desk::on(access::KeepFailures const& keep) {
    auto const done = [this, then = keep.then](bool kept) {
        if (!kept) log_error("sign_in_failures_not_kept", "file", failure_file_name);
        if (!then) return;
        auto said = *then;
        if (!kept) said.code = "busy", said.words = "the daemon cannot write its disk; try later";
        on(said);
    };
    auto const taken =
        pins().write([dir = house_.data_dir,
                      counts = keep.counts] { return write_failure_file(dir, counts).has_value(); },
                     [this, done](bool kept) { net::post(io_, [done, kept] { done(kept); }); });
    if (!taken) net::post(io_, [done] { done(false); });
}

void Desk::on(access::SessionBegan const& began) {
    log_info("signed_in", "staff", began.staff, "key", doors_.ring().name_of(began.peer.key));
    v1::SignInAnswer answer;
    answer.set_accepted(true);
    answer.set_staff(began.staff);
    answer.set_idle_ms(access::session_idle_max.ms);
    send(began.peer.to, Kind::sign_in_answer, answer);
}

void Desk::on(access::SignInRefused const& no) {
    auto const key = doors_.ring().name_of(no.peer.key);
    // A wrong PIN costs its pause, so these lines are few; the others may come by the thousand.
    if (no.code == "no_match") {
        log_warn("sign_in_refused", "staff", no.staff, "why", no.code, "key", key, "count",
                 sessions_.refused());
    } else {
        reception_.note(Door::control, "sign_in_" + no.code, key);
    }
    v1::SignInAnswer answer;
    answer.set_code(no.code);
    answer.set_words(no.words);
    answer.set_wait_ms(no.wait.ms);
    send(no.peer.to, Kind::sign_in_answer, answer);
}

void Desk::on(access::SessionEnded const& ended) {
    log_info("signed_out", "staff", ended.staff, "why", access::to_words(ended.why), "key",
             doors_.ring().name_of(ended.peer.key));
    v1::SessionEnded told;
    told.set_why(std::string(access::to_words(ended.why)));
    told.set_words(access::sentence_of(ended.why));
    send(ended.peer.to, Kind::session_ended, told);
}

Result<void> Desk::remember_failures() {
    auto counts = read_failure_file(house_.data_dir);
    if (!counts) return counts.error();
    step(access::FailuresRead{std::move(*counts)});
    return boost::system::in_place_value;
}

void Desk::beat() {
    step(access::TimePassed{});
}

void Desk::keys_gone(std::vector<std::string> const& keys) {
    for (auto const& key : keys) step(access::KeyGone{key});
}

void Desk::line_gone(int line) {
    step(access::LineGone{line});
}

void Desk::staff_roles(std::vector<config::StaffRole> const& roles) {
    for (auto const& staff : gate_.change(house_.state(), sessions_.all(), roles)) {
        step(access::RoleChanged{staff});
    }
}

void Desk::stop() {
    step(access::Stopping{});
}

void Desk::on_sign_in(std::string const& from, wire::Frame const& frame) {
    auto asked = read<v1::SignIn>(from, frame);
    if (!asked) return;
    if (!keyed()) {
        wipe(*asked->mutable_pin());
        v1::SignInAnswer answer;
        answer.set_code("no_keys");
        answer.set_words("this daemon has no keys, and so nobody signs in: say who you are");
        return send(from, Kind::sign_in_answer, answer);
    }
    auto const& staff = house_.state().staff;
    auto const it = staff.find(asked->staff());
    // What is longer than any PIN is none, and need not be carried about.
    if (asked->pin().size() > access::pin_digits_max) wipe(*asked->mutable_pin());
    step(access::SignInAsked{peer(from), asked->staff(), asked->pin(),
                             it == staff.end() ? std::string() : it->second.pin.text});
    wipe(*asked->mutable_pin());
}

// ---- commands
void Desk::on_command(std::string const& from, wire::Frame const& frame) {
    auto message = std::make_shared<v1::Command>();
    if (!reception_.parsed(Door::control, from, frame, *message)) return;
    auto const who = peer(from);
    auto const& ring = doors_.ring();
    engine::CommandReceived received{from, message, ring.name_of(who.key), {}};
    if (message->has_erase_person()) {
        if (auto const may = ring.may_erase(who.key); !may) {
            doors_.control().try_send(from, engine::refused_command(message->id(), may.error()));
            return;
        }
        std::istringstream made{journal::copies_made(house_.data_dir)};
        for (std::string line; std::getline(made, line);) received.copies.push_back(line);
    }
    // What was answered once is answered again, whoever is signed in by now.
    if (!house_.state().commands.contains(message->id())) {
        auto const actor = actor_of(*message, keyed(), sessions_.of(who, house_.now()),
                                    ring.keeps_staff_list(who.key));
        if (!actor) {
            doors_.control().try_send(from, engine::refused_command(message->id(), actor.error()));
            return;
        }
        if (auto const may = role_allows(*message, who, *actor); !may) {
            reception_.note(Door::control, may.error().field, received.key);
            doors_.control().try_send(from, engine::refused_command(message->id(), may.error()));
            return;
        }
        received.signed_in = *actor;
        step(access::Acted{who});
        if (message->has_set_pin()) return set_pin(std::move(message), std::move(received));
    }
    auto const hired = message->has_add_staff() ? message->add_staff().id() : std::string();
    auto const before = role_of(house_.state(), hired);
    house_.command(std::move(received));
    if (keyed() && role_of(house_.state(), hired) != before) step(access::RoleChanged{hired});
}

// Whoever runs the daemon keeps the staff list by the key alone, whoever sits there.
Result<void> Desk::role_allows(v1::Command const& command, access::Peer const& who,
                               std::optional<core::StaffId> const& actor) {
    if (!keyed()) return boost::system::in_place_value;
    auto const by_key = (command.has_add_staff() || command.has_set_pin()) &&
                        doors_.ring().keeps_staff_list(who.key);
    if (!by_key) {
        auto const may =
            gate_.may_command(house_.state(), house_.hash, actor.value_or(std::string()), command);
        if (!may) return may;
    }
    if (command.has_add_staff()) return gate_.may_be_given(command.add_staff().role());
    return boost::system::in_place_value;
}

void Desk::set_pin(std::shared_ptr<v1::Command> command, engine::CommandReceived received) {
    auto const refuse_it = [this](engine::CommandReceived const& to, Error const& error) {
        doors_.control().try_send(to.from, engine::refused_command(to.command->id(), error));
    };
    auto& pin = *command->mutable_set_pin()->mutable_pin();
    if (auto const fit = access::fit_for_a_pin(pin); !fit) return refuse_it(received, fit.error());
    auto const taken =
        pins().make(pin, [this, refuse_it, command, received](std::string text) mutable {
            net::post(io_, [this, refuse_it, command, received, text] {
                if (text.empty()) return refuse_it(received, too_many_questions());
                auto& staff = command->set_pin().staff();
                command->mutable_set_pin()->set_pin(text);
                auto const held = [&] {
                    auto const it = house_.state().staff.find(staff);
                    return it == house_.state().staff.end() ? Bytes() : it->second.pin.box;
                };
                auto const before = held();
                house_.command(received);
                if (held() != before) step(access::PinChanged{staff});
            });
        });
    wipe(pin);
    if (!taken) refuse_it(received, too_many_questions());
}

void Desk::tell_standing(std::string const& from) {
    auto const standing = doors_.ring().standing(peer(from).key);
    v1::Standing told;
    told.set_view(static_cast<v1::View>(standing.tier));
    told.set_people(standing.people);
    told.set_doors(standing.doors);
    send(from, Kind::standing, told);
}

void Desk::report_doors(std::string const& from) {
    v1::DoorsReport report;
    auto const add = [&report](TurnedAway const& table) {
        for (auto const& [where, count] : table.counts()) {
            auto& row = *report.add_turned_away();
            row.set_door(where.first);
            row.set_why(where.second);
            row.set_key(count.key);
            row.set_count(count.all);
        }
    };
    add(doors_.turned_away());
    add(reception_.table());
    for (auto const& [to, session] : sessions_.all()) {
        auto& row = *report.add_signed_in();
        row.set_staff(session.staff);
        row.set_key(doors_.ring().name_of(session.peer.key));
        row.set_idle_ms((house_.now() - session.acted).ms);
    }
    report.set_keys(doors_.ring().size());
    report.set_keys_revoked(doors_.ring().revoked());
    report.set_keys_fault(keys_fault_);
    report.set_frames_refused(reception_.refused());
    report.set_sign_ins_refused(sessions_.refused());
    send(from, Kind::doors_report, report);
}

}  // namespace washup::shell
