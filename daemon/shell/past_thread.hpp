#pragma once
// Pictures of past minutes, made on a thread of their own: a fold takes as long as it takes, and
// neither the engine nor the boards wait for it. The minute that was asked for last is held for
// some seconds: who looks at a picture asks for the history of one of its stays next.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

#include "daemon/engine/past.hpp"
#include "daemon/ingest/observe.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/reader/reader.hpp"
#include "daemon/shell/shared_past_index.hpp"

namespace washup::shell {

// Questions that may wait; one more is told to come again.
inline constexpr std::size_t past_questions_max = 16;
// A picture of one hospital takes some hundred megabytes.
inline constexpr Duration past_held_max = milliseconds(10'000);

// Who asks one more than that is told this.
Error too_many_questions();

class PastThread {
  public:
    struct Moment {
        Instant at;
        engine::KnownBy known_by = engine::KnownBy::then;
        std::string to;         // routing id of the asker
        bool personal = false;  // as of reader::Outgoing
    };
    struct PictureWanted {
        Moment moment;
        v1::View view = v1::VIEW_TIER_1;
    };
    struct HistoryWanted {
        Moment moment;
        core::StayName stay;
    };
    struct ReportWanted {
        Moment moment;
        reader::ReportAsked report;
    };
    using Question = std::variant<PictureWanted, HistoryWanted, ReportWanted>;
    using Deliver = std::function<void(std::vector<reader::Outgoing>)>;

    PastThread(journal::Journal& journal, journal::Sealer const& sealer,
               journal::StateImages images, SharedPastIndex const& index, Deliver deliver,
               Duration held = past_held_max);
    ~PastThread();

    bool ask(Question question);  // false: the queue is full
    void stop();                  // what waits is dropped: its askers are going too

  private:
    void run();
    void answer(Question const& question);
    // What a picture was made of: another record, or a key that was destroyed, may make another.
    struct Made {
        Instant at;
        engine::KnownBy known_by = engine::KnownBy::then;
        core::RecordNumber head;
        std::uint64_t erasures = 0;
        friend bool operator==(Made const&, Made const&) = default;
    };
    Made made_now(Moment const& moment) const;
    Result<void> look_at(Moment const& moment);  // held_ is of that moment, or there is an error

    journal::Journal& journal_;
    journal::Sealer const& sealer_;
    journal::StateImages images_;
    SharedPastIndex const& index_;
    Deliver deliver_;
    Duration hold_for_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Question> questions_;
    bool stopping_ = false;
    struct Held {
        Made made;
        reader::Reader reader;
    };
    std::optional<Held> held_;  // the thread's own
    std::thread thread_;
};

}  // namespace washup::shell
