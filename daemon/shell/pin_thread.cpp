#include "daemon/shell/pin_thread.hpp"

#include <sodium.h>

#include <array>

#include "proto/base/check.hpp"

namespace washup::shell {
namespace {

std::string text_of(std::string const& pin) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    auto const failed = crypto_pwhash_str_alg(
        text.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    return failed != 0 ? std::string() : std::string(text.data());
}

bool matches(std::string const& held, std::string const& pin) {
    return crypto_pwhash_str_verify(held.c_str(), pin.data(), pin.size()) == 0;
}

}  // namespace

PinThread::PinThread() : thread_([this] { run(); }) {}

PinThread::~PinThread() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    for (auto& job : jobs_) sodium_memzero(job.pin.data(), job.pin.size());
}

bool PinThread::check(std::string held, std::string pin, Checked done) {
    return add({std::move(held), std::move(pin), std::move(done), {}, {}});
}

bool PinThread::make(std::string pin, Made done) {
    return add({{}, std::move(pin), {}, std::move(done), {}});
}

bool PinThread::write(std::function<bool()> what, Checked done) {
    return add({{}, {}, std::move(done), {}, std::move(what)});
}

bool PinThread::add(Job job) {
    {
        std::lock_guard const lock(mutex_);
        auto const checks = jobs_.size() - sets_ - writes_;
        auto const full = job.made    ? sets_ >= pin_sets_max
                          : job.write ? writes_ >= pin_writes_max
                                      : checks >= access::pin_checks_max;
        if (full) return false;
        if (job.made) ++sets_;
        if (job.write) ++writes_;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void PinThread::run() {
    WASHUP_CHECK(sodium_init() >= 0, "libsodium starts");
    // What a PIN is compared with that nobody has.
    auto const nobodys = text_of("nobody");
    for (;;) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        if (job.made) --sets_;
        if (job.write) --writes_;
        lock.unlock();
        work(job, nobodys);
        sodium_memzero(job.pin.data(), job.pin.size());
    }
}

void PinThread::work(Job& job, std::string const& nobodys) {
    if (job.made) return job.made(text_of(job.pin));
    if (job.write) return job.checked(job.write());
    auto const known = !job.held.empty();
    auto const same = matches(known ? job.held : nobodys, job.pin);
    job.checked(known && same);
}

}  // namespace washup::shell
