#pragma once
// The shell around wire/source_session: one DEALER socket to the daemon's ingest port. It says
// hello, learns the watermark, keeps the window, sends again after every reconnect, and hands back
// each durable answer. It stores nothing: what must survive a crash is the adapter's own store,
// which sends everything above the watermark again. One thread: the io_context's.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "proto/base/time.hpp"
#include "proto/link/key_pair.hpp"

namespace washup::v1 {
class IngestAnswer;
class IngestRecord;
}  // namespace washup::v1

namespace washup::adapters {

struct IngestClientOptions {
    std::string host = "127.0.0.1";
    std::uint16_t ingest_port = 7700;
    std::optional<link::ClientKeys> keys;
    std::string source;   // [a-z0-9_-]{1,32}
    std::string epoch;    // random id of the adapter's store
    std::string profile;  // words for `washupctl sources`
};

struct IngestClientHandlers {
    // The daemon is there; everything up to `watermark` is durable. Comes again after each
    // reconnect.
    std::function<void(std::uint64_t watermark)> on_welcome;
    // A durable answer, in order of sequence within an epoch; or REFUSED.
    std::function<void(v1::IngestAnswer const&)> on_answer;
    // Nothing heard for 3 s: nothing can be sent until the next welcome.
    std::function<void()> on_lost;
};

class IngestClient {
  public:
    IngestClient(boost::asio::io_context& io, IngestClientOptions options,
                 IngestClientHandlers handlers);
    ~IngestClient();

    bool connected() const;           // welcomed, and heard from in the last 3 s
    std::size_t window_left() const;  // how many records may be sent now; 0 when not connected
    // Sends, and sends again until answered; fills in source and epoch. Sequences must rise by 1.
    // The caller respects window_left(); going beyond it is a programmer error.
    void send(v1::IngestRecord const& record);
    // Other words for `washupctl sources`; told to the daemon before any record sent afterwards by
    // another handler.
    void set_profile(std::string words);
    // The daemon's time from its last word, moved on at the daemon's rate is not attempted: real
    // age.
    std::optional<Instant> daemon_time() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace washup::adapters
