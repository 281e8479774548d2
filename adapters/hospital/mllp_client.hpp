#pragma once
// The sending side of MLLP, as a ward system has it: one message in flight per connection, the next
// only after an ack whose MSA-2 is this message's MSH-10. AE or silence: the same message again;
// AR: counted and left. Lost connections are made again. One thread: the io_context's.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/hospital/model.hpp"

namespace washup::hospital {

inline constexpr std::size_t ack_bytes_max = 64 << 10;
// Beyond this many unacknowledged messages whoever sends should wait: the receiver is away.
inline constexpr std::size_t messages_waiting_max = 10'000;

struct MllpCounts {
    std::uint64_t acknowledged = 0;  // AA or CA
    std::uint64_t rejected = 0;      // AR or CR
    std::uint64_t sent_again = 0;    // after AE, CE or silence
    std::uint64_t strange_acks = 0;  // for another message, or not to be read
};

class MllpClient {
  public:
    // `connections` at a time; messages of one lane keep their order on one of them.
    MllpClient(boost::asio::io_context& io, std::string host, std::uint16_t port, int connections);
    ~MllpClient();

    void send(Message message);
    std::size_t waiting() const;  // not yet acknowledged
    bool full() const { return waiting() >= messages_waiting_max; }
    MllpCounts counts() const;
    bool connected() const;  // all of them
    // Called when the last waiting message has been answered.
    void on_all_answered(std::function<void()> handler);
    void stop();

  private:
    class Connection;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::function<void()> on_all_answered_;
};

// MSA-1 and MSA-2 of an acknowledgement; empty when it is none.
struct Ack {
    std::string code, control_id;
};
Ack read_ack(std::string const& message);

}  // namespace washup::hospital
