#pragma once
// The control port: commands, sign-in, snapshots, histories, and the personal views that are pushed
// to people one to one. It joins what the key may do (access/key_ring) with who is signed in
// (access/sessions); what a command does is the engine's, what a picture holds the reader's.

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <memory>

#include "daemon/access/sessions.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/shell/past_thread.hpp"
#include "daemon/shell/pin_thread.hpp"
#include "daemon/shell/reader_thread.hpp"
#include "daemon/shell/reception.hpp"
#include "daemon/shell/staff_gate.hpp"
#include "proto/base/clock.hpp"

namespace washup::shell {

// Whom the desk hands things on to. The threads say false when their queue is full.
struct House {
    std::function<void(engine::CommandReceived)> command;
    std::function<bool(ReaderThread::Question)> reader;
    std::function<bool(PastThread::Question)> past;
    std::function<core::State const&()> state;
    ingest::AliasHash hash;
    std::filesystem::path data_dir;
    std::function<SteadyInstant()> now = steady_now;
};

class Desk {
  public:
    Desk(boost::asio::io_context& io, Doors& doors, Reception& reception, House house,
         std::vector<config::StaffRole> const& staff_roles);
    ~Desk();

    // Before the first frame: what an earlier life remembers of wrong PINs. Error: it cannot be
    // read.
    Result<void> remember_failures();
    // A frame that came to the control port.
    void take(std::string from, std::string const& bytes);
    // What the reader made for somebody, or for those who follow a personal view.
    void give(reader::Outgoing const& out);
    void beat();  // ends the sessions of those who left; at least once a second
    void keys_gone(std::vector<std::string> const& keys);
    void line_gone(int line);
    void staff_roles(std::vector<config::StaffRole> const& roles);  // they were read anew
    void stop();

    // Why a newer key list does not count; empty when it does.
    void keys_fault(std::string words) { keys_fault_ = std::move(words); }

  private:
    access::Peer peer(std::string const& from);
    bool keyed() const { return doors_.ring().has_keys(); }
    void step(access::SessionInput const& input);
    void act(access::SessionAction const& action);
    void on(access::CheckPin const& check);
    void on(access::KeepFailures const& keep);
    void on(access::SessionBegan const& began);
    void on(access::SignInRefused const& no);
    void on(access::SessionEnded const& ended);
    void send(std::string const& to, wire::Kind kind, google::protobuf::MessageLite const& message);
    void refuse(std::string const& from, Error const& error);
    void asked(std::string const& from, bool taken);
    template <class Message>
    std::optional<Message> read(std::string const& from, wire::Frame const& frame) {
        Message message;
        if (!reception_.parsed(access::Door::control, from, frame, message)) return std::nullopt;
        return message;
    }

    Result<void> role_allows(v1::Command const& command, access::Peer const& who,
                             std::optional<core::StaffId> const& actor);
    Result<void> may_see(access::Peer const& who, int view);
    void on_command(std::string const& from, wire::Frame const& frame);
    void set_pin(std::shared_ptr<v1::Command> command, engine::CommandReceived received);
    void on_sign_in(std::string const& from, wire::Frame const& frame);
    void on_follow(std::string const& from, wire::Frame const& frame);
    void on_snapshot(std::string const& from, wire::Frame const& frame);
    void on_history(std::string const& from, wire::Frame const& frame);
    void on_report(std::string const& from, wire::Frame const& frame);
    void report_doors(std::string const& from);
    void tell_standing(std::string const& from);
    PinThread& pins();

    boost::asio::io_context& io_;
    Doors& doors_;
    Reception& reception_;
    House house_;
    access::Sessions sessions_;
    StaffGate gate_;
    std::string keys_fault_;
    std::unique_ptr<PinThread> pins_;  // from the first PIN on; last: it posts to what stands above
};

}  // namespace washup::shell
