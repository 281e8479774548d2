#include "daemon/shell/reader_thread.hpp"

#include <algorithm>

#include "daemon/shell/past_thread.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::shell {

using Steady = std::chrono::steady_clock;

namespace {

// A heartbeat tells of what is published, and a room is only opened.
bool asks_for_a_picture(ReaderThread::Question const& question) {
    return !std::holds_alternative<ReaderThread::Beat>(question) &&
           !std::holds_alternative<ReaderThread::RoomWanted>(question);
}

}  // namespace

std::chrono::nanoseconds rest_after(std::chrono::nanoseconds work) {
    std::chrono::nanoseconds const longest = std::chrono::milliseconds(reader_rest_max.ms);
    return std::min(work * reader_rest_ratio, longest);
}

ReaderThread::ReaderThread(reader::Reader reader, Deliver deliver, Look look, OfThen of_then,
                           Rest rest)
    : reader_(std::move(reader)),
      deliver_(std::move(deliver)),
      look_(std::move(look)),
      of_then_(std::move(of_then)),
      rest_(std::move(rest)),
      thread_([this] { run(); }) {}

ReaderThread::~ReaderThread() {
    stop();
}

void ReaderThread::records(std::vector<reader::Reader::SharedRecord> records) {
    std::lock_guard const lock{mutex_};
    records_.insert(records_.end(), std::make_move_iterator(records.begin()),
                    std::make_move_iterator(records.end()));
}

void ReaderThread::go_on() {
    {
        std::lock_guard const lock{mutex_};
        if (resting_) return;  // it looks by itself when it has rested
    }
    wake_.notify_one();
}

bool ReaderThread::ask(Question question) {
    {
        std::lock_guard const lock{mutex_};
        if (questions_.size() >= reader_questions_max) return false;
        questions_.push_back(std::move(question));
    }
    wake_.notify_one();
    return true;
}

void ReaderThread::stop() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

ReaderThread::Round ReaderThread::take(std::chrono::steady_clock::time_point rested) {
    auto const asked = [this] { return stopping_ || !questions_.empty(); };
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return asked() || !records_.empty(); });
    resting_ = true;
    wake_.wait_until(lock, rested, asked);
    resting_ = false;
    Round round;
    round.questions.swap(questions_);
    auto const picture_wanted =
        std::any_of(round.questions.begin(), round.questions.end(), asks_for_a_picture);
    if (stopping_ || picture_wanted || Steady::now() >= rested) round.records.swap(records_);
    return round;
}

void ReaderThread::run() {
    Steady::time_point rested;
    for (auto round = take(rested); !round.empty(); round = take(rested)) {
        std::vector<reader::Outgoing> out;
        if (!round.records.empty()) {
            auto const begun = Steady::now();
            reader_.apply(round.records, out);
            auto const ended = Steady::now();
            rested = ended + rest_(ended - begun);
        }
        for (auto const& question : round.questions) answer(question, out);
        deliver_(std::move(out));
        look_(reader_.state(), false);
    }
    look_(reader_.state(), true);
}

void ReaderThread::report(ReportWanted const& wanted, std::vector<reader::Outgoing>& out) {
    auto const over_at = reader_.over_at(wanted.report);
    if (!over_at) return reader_.report(wanted.report, wanted.to, out);
    if (!of_then_(wanted, *over_at))
        out.push_back({{}, wanted.to, wire::encode_refusal(too_many_questions())});
}

void ReaderThread::answer(Question const& question, std::vector<reader::Outgoing>& out) {
    auto const mark = [&out, before = out.size()](bool personal) {
        for (auto i = before; i < out.size(); ++i) out[i].personal = personal;
    };
    if (auto const* beat = std::get_if<Beat>(&question)) {
        reader_.heartbeat(beat->now, beat->rate, beat->trusted, out);
    } else if (auto const* snapshot = std::get_if<SnapshotWanted>(&question)) {
        if (snapshot->view == v1::VIEW_ROOM) reader_.open_room();
        reader_.snapshot(snapshot->view, snapshot->to, out);
        mark(snapshot->personal);
    } else if (auto const* history = std::get_if<HistoryWanted>(&question)) {
        reader_.history(history->stay, history->to, out);
        mark(history->personal);
    } else if (auto const* report = std::get_if<ReportWanted>(&question)) {
        this->report(*report, out);
        mark(report->personal);
    } else if (std::holds_alternative<RoomWanted>(question)) {
        reader_.open_room();
    }
}

}  // namespace washup::shell
