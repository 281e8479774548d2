#include "daemon/shell/past_thread.hpp"

#include "proto/wire/envelope.hpp"

namespace washup::shell {

PastThread::PastThread(journal::Journal& journal, journal::Sealer const& sealer,
                       journal::StateImages images, SharedPastIndex const& index, Deliver deliver)
    : journal_(journal),
      sealer_(sealer),
      images_(std::move(images)),
      index_(index),
      deliver_(std::move(deliver)),
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
    for (;;) {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [this] { return stopping_ || !questions_.empty(); });
        if (stopping_) return;
        auto const question = std::move(questions_.front());
        questions_.erase(questions_.begin());
        lock.unlock();
        answer(question);
    }
}

void PastThread::answer(Question const& question) {
    auto const& moment = std::visit(
        [](auto const& q) -> auto const& { return q.moment; }, question);
    std::vector<reader::Outgoing> out;
    auto const nearest = [this](core::RecordNumber up_to) {
        return images_.newest_house(up_to, journal_);
    };
    auto const& keys = sealer_.person_keys();
    auto erasures = keys.erasures();
    auto const later = [this](auto const& then, auto until, Instant at) {
        return index_.later(then, until, at);
    };
    auto const fold = [&] {
        return engine::past_state(journal_, sealer_, nearest, moment.at, moment.known_by, later);
    };
    auto state = fold();
    // A person who was erased while the past was folded may stand in it with words.
    for (; state && erasures != keys.erasures();) {
        erasures = keys.erasures();
        state = fold();
    }
    if (!state) {
        out.push_back({{}, moment.to, wire::encode_refusal(state.error())});
        return deliver_(std::move(out));
    }
    reader::Reader reader{std::move(*state), journal_.info().epoch};
    if (auto const* picture = std::get_if<PictureWanted>(&question)) {
        if (picture->view == v1::VIEW_ROOM) reader.open_room();
        reader.snapshot(picture->view, moment.to, out, moment.at);
    } else if (auto const* history = std::get_if<HistoryWanted>(&question)) {
        reader.history(history->stay, moment.to, out);
    }
    for (auto& frame : out) frame.personal = moment.personal;
    deliver_(std::move(out));
}

}  // namespace washup::shell
