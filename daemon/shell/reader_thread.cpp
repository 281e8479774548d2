#include "daemon/shell/reader_thread.hpp"

namespace washup::shell {

ReaderThread::ReaderThread(reader::Reader reader, Deliver deliver)
    : reader_(std::move(reader)), deliver_(std::move(deliver)), thread_([this] { run(); }) {}

ReaderThread::~ReaderThread() {
    stop();
}

void ReaderThread::records(std::vector<reader::Reader::SharedRecord> records) {
    {
        std::lock_guard const lock{mutex_};
        records_.insert(records_.end(), std::make_move_iterator(records.begin()),
                        std::make_move_iterator(records.end()));
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

void ReaderThread::run() {
    for (;;) {
        std::vector<reader::Reader::SharedRecord> records;
        std::vector<Question> questions;
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock,
                       [this] { return stopping_ || !records_.empty() || !questions_.empty(); });
            if (records_.empty() && questions_.empty()) return;
            records.swap(records_);
            questions.swap(questions_);
        }
        std::vector<reader::Outgoing> out;
        if (!records.empty()) reader_.apply(records, out);
        for (auto const& question : questions) answer(question, out);
        deliver_(std::move(out));
    }
}

void ReaderThread::answer(Question const& question, std::vector<reader::Outgoing>& out) {
    if (auto const* beat = std::get_if<Beat>(&question)) {
        reader_.heartbeat(beat->now, beat->rate, beat->trusted, out);
    } else if (auto const* snapshot = std::get_if<SnapshotWanted>(&question)) {
        reader_.snapshot(snapshot->view, snapshot->to, out);
    } else if (auto const* history = std::get_if<HistoryWanted>(&question)) {
        auto id = history->stay.id;
        if (history->stay.key) {
            auto const& index = reader_.state().stay_by_key;
            auto const it = index.find(*history->stay.key);
            id = it == index.end() ? core::StayId{} : it->second;
        }
        reader_.history(id, history->stay.as_given, history->to, out);
    }
}

}  // namespace washup::shell
