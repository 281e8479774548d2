#include "board/link/asker.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "proto/link/zmq_socket.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/common.pb.h"

namespace washup::board {
namespace {

namespace net = boost::asio;

// One question on the control port. `take` is given each frame of the answer and says when it is
// whole; a refusal ends it with the daemon's words.
class Asker {
  public:
    Asker(Asked const& whom, Bytes asked, Take take)
        : whom_(whom),
          asked_(std::move(asked)),
          take_(std::move(take)),
          control_(io_, context_, link::SocketType::dealer,
                   link::SocketOptions{.keys = whom.daemon.keys}),
          retry_(io_),
          end_(io_) {}

    Result<void> run() {
        auto const& daemon = whom_.daemon;
        auto const endpoint = link::tcp_endpoint(daemon.host, link::control_port(daemon.port));
        control_.on_handshake_fault([this](link::HandshakeFault fault) {
            not_entered_ = link::to_words(fault, whom_.daemon.keys.has_value());
        });
        if (auto const connected = control_.connect(endpoint); !connected) {
            return connected.error();
        }
        control_.on_message([this](std::string, std::string bytes) { heard(bytes); });
        if (!whom_.staff.empty()) {
            v1::SignIn sign_in;
            sign_in.set_staff(whom_.staff);
            sign_in.set_pin(whom_.pin);
            std::swap(asked_, after_);
            asked_ = wire::encode(wire::Kind::sign_in, sign_in);
        }
        send();
        end_.expires_after(std::chrono::milliseconds(whom_.wait.ms));
        end_.async_wait([this](auto error) {
            if (!error) finish(away());
        });
        io_.run();
        return fault_ ? Result<void>{*fault_} : Result<void>{};
    }

  private:
    Error away() const {
        if (!not_entered_.empty()) return {ErrorCode::refused, std::string(not_entered_), {}};
        return {ErrorCode::unavailable,
                fmt::format("no answer from {}:{} within {} s", whom_.daemon.host,
                            whom_.daemon.port, whom_.wait.ms / 1000)};
    }

    // The connection may come up a moment later.
    void send() {
        if (control_.try_send(asked_)) return;
        retry_.expires_after(std::chrono::milliseconds(20));
        retry_.async_wait([this](auto error) {
            if (!error) send();
        });
    }

    void heard(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        if (!frame) return;
        if (frame->kind == wire::Kind::sign_in_answer) {
            v1::SignInAnswer answer;
            if (!wire::parse(*frame, answer)) return;
            if (!answer.accepted()) {
                return finish(Error{ErrorCode::refused, answer.words(), answer.code()});
            }
            asked_ = std::move(after_);
            send();
        } else if (frame->kind == wire::Kind::refusal) {
            v1::Refusal refusal;
            if (wire::parse(*frame, refusal)) {
                finish(Error{ErrorCode::refused, refusal.words(), refusal.code()});
            }
        } else if (take_(*frame)) {
            finish({});
        }
    }

    void finish(std::optional<Error> fault) {
        fault_ = std::move(fault);
        io_.stop();
    }

    Asked const& whom_;
    Bytes asked_, after_;  // `after_`: once signed in
    std::string_view not_entered_;
    Take take_;
    net::io_context io_{1};
    link::ZmqContext context_;
    link::ZmqSocket control_;
    net::steady_timer retry_, end_;
    std::optional<Error> fault_;
};

}  // namespace

Result<void> ask_once(Asked const& whom, Bytes frame, Take take) {
    return Asker{whom, std::move(frame), std::move(take)}.run();
}

}  // namespace washup::board
