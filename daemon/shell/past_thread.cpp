#include "daemon/shell/past_thread.hpp"

#include <chrono>

#include "proto/wire/envelope.hpp"

namespace washup::shell {

Error too_many_questions() {
    return {ErrorCode::unavailable, "too many questions wait; ask again", "busy"};
}

PastThread::PastThread(journal::Journal& journal, journal::Sealer const& sealer,
                       journal::StateImages images, SharedPastIndex const& index, Deliver deliver,
                       Duration held)
    : journal_(journal),
      sealer_(sealer),
      images_(std::move(images)),
      index_(index),
      deliver_(std::move(deliver)),
      hold_for_(held),
      thread_([this] { run(); }) {}

PastThread::~PastThread() {
    stop();
}

bool PastThread::ask(Question question) {
    {
        std::lock_guard const lock{mutex_};
        if (questions_.size() >= past_questions_max) return false;
        questions_.push_back(std::move(question));
    }
    wake_.notify_one();
    return true;
}

void PastThread::stop() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void PastThread::run() {
    auto const asked = [this] { return stopping_ || !questions_.empty(); };
    for (;;) {
        std::unique_lock lock{mutex_};
        if (held_ && !wake_.wait_for(lock, std::chrono::milliseconds(hold_for_.ms), asked)) {
            lock.unlock();  // it takes a while to let go of, and who asks must not wait for that
            held_.reset();
            continue;
        }
        wake_.wait(lock, asked);
        if (stopping_) return;
        auto const question = std::move(questions_.front());
        questions_.erase(questions_.begin());
        lock.unlock();
        answer(question);
    }
}

PastThread::Made PastThread::made_now(Moment const& moment) const {
    // What was known then no later record changes.
    auto const head =
        moment.known_by == engine::KnownBy::now ? journal_.info().head : core::RecordNumber{};
    return {moment.at, moment.known_by, head, sealer_.person_keys().erasures()};
}

Result<void> PastThread::look_at(Moment const& moment) {
    auto const nearest = [this](core::RecordNumber up_to) {
        return images_.newest_house(up_to, journal_);
    };
    auto const later = [this](auto const& then, auto until, Instant at) {
        return index_.later(then, until, at);
    };
    for (auto fits = held_ && held_->made == made_now(moment); !fits;) {
        held_.reset();  // two at once are too many
        auto const made = made_now(moment);
        auto state =
            engine::past_state(journal_, sealer_, nearest, moment.at, moment.known_by, later);
        if (!state) return state.error();
        held_.emplace(Held{made, reader::Reader{std::move(*state), journal_.info().epoch}});
        // A person who was erased while the past was folded may stand in it with words. Records
        // that came meanwhile only make it older.
        fits = made.erasures == sealer_.person_keys().erasures();
    }
    return {};
}

void PastThread::answer(Question const& question) {
    auto const& moment = std::visit(
        [](auto const& q) -> auto const& { return q.moment; }, question);
    std::vector<reader::Outgoing> out;
    if (auto const looked = look_at(moment); !looked) {
        out.push_back({{}, moment.to, wire::encode_refusal(looked.error())});
        return deliver_(std::move(out));
    }
    auto& reader = held_->reader;
    if (auto const* picture = std::get_if<PictureWanted>(&question)) {
        if (picture->view == v1::VIEW_ROOM) reader.open_room();
        reader.snapshot(picture->view, moment.to, out, moment.at);
    } else if (auto const* history = std::get_if<HistoryWanted>(&question)) {
        reader.history(history->stay, moment.to, out);
    } else if (auto const* report = std::get_if<ReportWanted>(&question)) {
        reader.report(report->report, moment.to, out);
    }
    for (auto& frame : out) frame.personal = moment.personal;
    deliver_(std::move(out));
}

}  // namespace washup::shell
