#include "adapters/hl7v2/record_keeper.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <map>
#include <utility>

#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"

namespace washup::hl7v2 {
namespace {

constexpr auto idle_before_outcomes = std::chrono::milliseconds{500};
}  // namespace

RecordKeeper::RecordKeeper(boost::asio::io_context& io,
                           std::unique_ptr<adapters::RecordStore> store,
                           std::vector<adapters::WaitingRecord> waiting)
    : io_(io),
      store_(std::move(store)),
      epoch_(store_->epoch()),
      last_at_start_(store_->last_sequence()),
      waiting_(std::move(waiting)),
      unanswered_at_start_(waiting_.empty() ? 0 : waiting_.front().sequence),
      thread_([this] { run(); }) {}

RecordKeeper::~RecordKeeper() {
    stop();
}

void RecordKeeper::keep(KeepRequest request, OnKept done) {
    {
        std::lock_guard const lock{mutex_};
        keeps_.push_back({std::move(request), std::move(done)});
    }
    wake_.notify_one();
}

void RecordKeeper::read(std::uint64_t from, std::size_t count, OnRead done) {
    {
        std::lock_guard const lock{mutex_};
        reads_.push_back({from, count, std::move(done)});
    }
    wake_.notify_one();
}

void RecordKeeper::forget(adapters::ForgetBefore what, OnForgotten done) {
    {
        std::lock_guard const lock{mutex_};
        forgets_.push_back({what, std::move(done)});
    }
    wake_.notify_one();
}

void RecordKeeper::note(adapters::RecordOutcome outcome) {
    std::lock_guard const lock{mutex_};
    outcomes_.push_back(std::move(outcome));
    // The thread sleeps without a time when there is nothing at all to do.
    if (outcomes_.size() == 1) wake_.notify_one();
}

void RecordKeeper::note_now() {
    {
        std::lock_guard const lock{mutex_};
        note_now_ = true;
    }
    wake_.notify_one();
}

void RecordKeeper::stop() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void RecordKeeper::run() {
    std::unique_lock lock{mutex_};
    for (;;) {
        auto const urgent = [&] {
            return stopping_ || note_now_ || !keeps_.empty() || !reads_.empty() ||
                   !forgets_.empty();
        };
        if (outcomes_.empty()) {
            wake_.wait(lock, [&] { return urgent() || !outcomes_.empty(); });
        }
        if (!urgent()) wake_.wait_for(lock, idle_before_outcomes, urgent);
        auto const last_round = stopping_;
        auto keeps = std::move(keeps_);
        auto reads = std::move(reads_);
        auto forgets = std::move(forgets_);
        keeps_.clear();
        reads_.clear();
        forgets_.clear();
        // While messages wait, their outcomes go along only when many have gathered.
        std::vector<adapters::RecordOutcome> outcomes;
        auto const now = std::exchange(note_now_, false);
        if (now || keeps.empty() || outcomes_.size() >= outcomes_waiting_max) {
            outcomes.swap(outcomes_);
        }
        lock.unlock();
        if (!keeps.empty()) keep_all(std::move(keeps));
        read_all(std::move(reads));
        store_outcomes(std::move(outcomes));
        forget_all(std::move(forgets));
        lock.lock();
        if (last_round && keeps_.empty() && reads_.empty() && outcomes_.empty()) return;
    }
}

void RecordKeeper::read_all(std::vector<ReadJob> jobs) {
    for (auto& job : jobs) {
        auto records = store_->read(job.from, job.count);
        boost::asio::post(io_, [done = std::move(job.done), found = std::move(records)]() mutable {
            done(std::move(found));
        });
    }
}

void RecordKeeper::forget_all(std::vector<ForgetJob> jobs) {
    for (auto& job : jobs) {
        auto const forgotten = store_->forget_before(job.what);
        boost::asio::post(io_, [done = std::move(job.done), forgotten] { done(forgotten); });
    }
}

Result<std::optional<Kept>> RecordKeeper::seen_before(adapters::NewRecord const& record) {
    auto found = store_->find(record.index_key);
    if (!found) return found.error();
    if (!*found) return std::optional<Kept>{};
    return std::optional<Kept>{Kept{(*found)->sequence, true, false, std::move((*found)->outcome)}};
}

// The same control id with other content, in the store or in the batch that is being taken.
bool RecordKeeper::clashes(KeepRequest const& request, std::map<std::string, Digest256>& in_batch) {
    if (request.control_key.empty()) return false;
    auto const [it, first] = in_batch.emplace(request.control_key, request.record.digest);
    if (!first) return std::exchange(it->second, request.record.digest) != request.record.digest;
    auto const found = store_->find(request.control_key);
    return found && *found && (*found)->digest != request.record.digest;
}

void RecordKeeper::keep_all(std::vector<KeepJob> jobs) {
    std::vector<Result<Kept>> results(jobs.size(), Kept{});
    std::vector<adapters::NewRecord> fresh;
    std::map<std::string, std::size_t> index_in_batch;        // index key to place in `fresh`
    std::map<std::string, Digest256> controls_in_batch;       // control key to content
    std::vector<std::pair<std::size_t, std::size_t>> places;  // job, place in `fresh`
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto& request = jobs[i].request;
        auto seen = seen_before(request.record);
        if (!seen) {
            results[i] = seen.error();
        } else if (*seen) {
            results[i] = **seen;
        } else {
            auto const [it, first] = index_in_batch.emplace(request.record.index_key, fresh.size());
            results[i] =
                Kept{0, !first, first && clashes(request, controls_in_batch), std::nullopt};
            places.emplace_back(i, it->second);
            if (first) fresh.push_back(std::move(request.record));
        }
    }
    if (!fresh.empty()) {
        auto const first = store_->append(fresh, system_now());
        for (auto const& [job, place] : places) {
            if (first) {
                results[job]->sequence = *first + place;
            } else {
                results[job] = first.error();
            }
        }
        if (!first) log_error("store_failed", "words", first.error().words);
    }
    boost::asio::post(io_, [jobs = std::move(jobs), results = std::move(results)]() mutable {
        for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(results[i]));
    });
}

void RecordKeeper::store_outcomes(std::vector<adapters::RecordOutcome> outcomes) {
    if (outcomes.empty()) return;
    auto const noted = store_->note_outcomes(outcomes);
    std::weak_ptr const here{here_};  // the context may outlive the keeper
    if (noted) {
        boost::asio::post(io_, [here, up_to = outcomes.back().sequence] {
            auto const keeper = here.lock();
            if (keeper && (*keeper)->on_noted) (*keeper)->on_noted(up_to);
        });
        return;
    }
    log_error("store_failed", "words", noted.error().words);
    boost::asio::post(io_, [here, fault = noted.error()] {
        auto const keeper = here.lock();
        if (keeper && (*keeper)->on_failed) (*keeper)->on_failed(fault);
    });
}

}  // namespace washup::hl7v2
