#pragma once
// The thread on which the reader works, and the one queue that leads to it. Everything that is
// queued is taken at once, so a burst of records becomes one delta. What the reader makes goes to
// `deliver`, on this thread; the shell posts it on to the sockets.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

#include "daemon/ingest/observe.hpp"
#include "daemon/reader/reader.hpp"

namespace washup::shell {

// Questions of followers that may wait; one more is told to come again.
inline constexpr std::size_t reader_questions_max = 4096;

class ReaderThread {
  public:
    struct Beat {
        Instant now;
        double rate = 1;
        bool trusted = true;
    };
    struct SnapshotWanted {
        v1::View view = v1::VIEW_TIER_1;
        std::string to;
    };
    struct HistoryWanted {
        core::StayName stay;
        std::string to;
    };
    using Question = std::variant<Beat, SnapshotWanted, HistoryWanted>;
    using Deliver = std::function<void(std::vector<reader::Outgoing>)>;

    ReaderThread(reader::Reader reader, Deliver deliver);
    ~ReaderThread();

    void records(std::vector<reader::Reader::SharedRecord> records);
    bool ask(Question question);  // false: the queue is full
    void stop();                  // works off what is queued, then ends; safe to call twice

  private:
    void run();
    void answer(Question const& question, std::vector<reader::Outgoing>& out);

    reader::Reader reader_;
    Deliver deliver_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<reader::Reader::SharedRecord> records_;
    std::vector<Question> questions_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace washup::shell
