#pragma once
// One sender of the MLLP server. Not for users of the server.

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/hl7v2/ack.hpp"
#include "adapters/hl7v2/mllp_server.hpp"

namespace washup::hl7v2 {

class MllpConnection : public std::enable_shared_from_this<MllpConnection> {
  public:
    MllpConnection(MllpServer& server, boost::asio::ip::tcp::socket socket, std::uint64_t number);

    void start();
    // Reads on if it may; takes frames that waited for room.
    void go_on();
    // Takes nothing more; closes when everything under way is answered and sent.
    void drain();
    void abandon();  // the server ends
    void close();
    std::uint64_t number() const { return number_; }
    bool has_sent() const { return has_sent_; }  // a whole message, once

  private:
    // A message whose ack is still owed. Acks leave in the order of the messages.
    struct Owed {
        Header header;
        bool force_original = false;
        std::string own_id;
        SteadyInstant taken;
        std::optional<AckContent> content;
        bool silent = false;  // no ack may be given
    };

    bool may_take() const;
    void read();
    void heard(std::string_view bytes);
    void take_frames();
    void take_frame(FrameEvent event);
    void take_message(std::string_view raw);
    void too_large(std::string_view head);
    void answer(std::uint64_t place, AckContent content);
    void flush();
    void write();
    void finish_writing();
    void end_after_answers();
    void linger();
    void tick();
    void on_tick();

    MllpServer* server_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    std::uint64_t number_;
    Framer framer_;
    std::array<char, 65536> buffer_{};
    std::deque<FrameEvent> frames_;
    std::deque<Owed> owed_;
    std::uint64_t first_owed_ = 0;  // place of owed_.front() in the order of the connection
    std::string unsent_, sending_;
    bool reading_ = false, ending_ = false, lingering_ = false, closed_ = false, heard_end_ = false,
         has_sent_ = false;
    SteadyInstant last_heard_, lingering_since_;
    Duration linger_for_;
};

}  // namespace washup::hl7v2
