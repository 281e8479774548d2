#pragma once
// The thread on which the reader works, and the one queue that leads to it. Everything that is
// queued is taken at once, so a burst of records becomes one delta. After a round it rests in
// proportion to its work: the first record of a quiet minute is on the walls at once, and in a
// flood a row that changes a hundred times a second is made a few times, and the engine has the
// processor. Who asks for a picture ends the rest: it holds whatever was durable when they asked,
// so that a person sees what they have just been told is done. What the reader makes goes to
// `deliver`, on this thread; the shell posts it on to the sockets.

#include <chrono>
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
// Rest after a round, as a multiple of the round's own length; at most a tenth of one processor.
inline constexpr int reader_rest_ratio = 9;
// A person does not see the difference, and every follower's limit of 3 s is far.
inline constexpr Duration reader_rest_max = milliseconds(200);
std::chrono::nanoseconds rest_after(std::chrono::nanoseconds work);

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
        bool personal = false;  // as of reader::Outgoing
    };
    struct HistoryWanted {
        core::StayName stay;
        std::string to;
        bool personal = false;
    };
    struct ReportWanted {
        reader::ReportAsked report;
        std::string to;
        bool personal = false;
    };
    struct RoomWanted {};  // somebody follows the room's view
    using Question = std::variant<Beat, SnapshotWanted, HistoryWanted, ReportWanted, RoomWanted>;
    using Deliver = std::function<void(std::vector<reader::Outgoing>)>;

    // Looks at the fold after each round, and once more at the end.
    using Look = std::function<void(core::State const&, bool stopping)>;

    // Hands on a report of what is over, to be made of that minute. False: the queue is full.
    using OfThen = std::function<bool(ReportWanted const&, Instant over_at)>;

    using Rest = std::function<std::chrono::nanoseconds(std::chrono::nanoseconds)>;

    ReaderThread(reader::Reader reader, Deliver deliver, Look look, OfThen of_then,
                 Rest rest = rest_after);
    ~ReaderThread();

    // Queues them; go_on() lets the thread look. Apart, so that between the two somebody can be
    // told that they are durable who then asks for a picture that has to hold them.
    void records(std::vector<reader::Reader::SharedRecord> records);
    void go_on();
    bool ask(Question question);  // false: the queue is full
    void stop();                  // works off what is queued, then ends; safe to call twice

  private:
    // What there is to do next, waited for; nothing when it is time to end.
    struct Round {
        std::vector<reader::Reader::SharedRecord> records;
        std::vector<Question> questions;
        bool empty() const { return records.empty() && questions.empty(); }
    };
    Round take(std::chrono::steady_clock::time_point rested);
    void run();
    void answer(Question const& question, std::vector<reader::Outgoing>& out);
    void report(ReportWanted const& wanted, std::vector<reader::Outgoing>& out);

    reader::Reader reader_;
    Deliver deliver_;
    Look look_;
    OfThen of_then_;
    Rest rest_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<reader::Reader::SharedRecord> records_;
    std::vector<Question> questions_;
    bool stopping_ = false;
    bool resting_ = false;
    std::thread thread_;
};

}  // namespace washup::shell
