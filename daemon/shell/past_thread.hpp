#pragma once
// Pictures of past minutes, made on a thread of their own: a fold takes as long as it takes, and
// neither the engine nor the boards wait for it. Holds no State between two questions.

#include <condition_variable>
#include <functional>
#include <mutex>
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
    using Question = std::variant<PictureWanted, HistoryWanted>;
    using Deliver = std::function<void(std::vector<reader::Outgoing>)>;

    PastThread(journal::Journal& journal, journal::Sealer const& sealer,
               journal::StateImages images, SharedPastIndex const& index, Deliver deliver);
    ~PastThread();

    bool ask(Question question);  // false: the queue is full
    void stop();                  // what waits is dropped: its askers are going too

  private:
    void run();
    void answer(Question const& question);

    journal::Journal& journal_;
    journal::Sealer const& sealer_;
    journal::StateImages images_;
    SharedPastIndex const& index_;
    Deliver deliver_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Question> questions_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace washup::shell
