#pragma once
// Argon2id, and the file of wrong PINs, on a thread of their own: one PIN takes tens of
// milliseconds and 64 MiB on purpose, and neither the loop nor the journal waits for it. Holds a
// PIN no longer than it works on it.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "daemon/access/sessions.hpp"

namespace washup::shell {

// PINs that wait to be set, beside those that wait to be checked.
inline constexpr std::size_t pin_sets_max = 4;
// What waits to be written; each is of a PIN that was checked or set.
inline constexpr std::size_t pin_writes_max = 64;

class PinThread {
  public:
    // On this class's thread; they post.
    using Checked = std::function<void(bool matched)>;
    using Made = std::function<void(std::string text)>;  // empty: there was no memory for it

    PinThread();
    ~PinThread();

    // `held` is Argon2id's text; empty: nothing matches, and it takes as long. False: the queue is
    // full.
    bool check(std::string held, std::string pin, Checked done);
    bool make(std::string pin, Made done);
    // What must be on the disk before something is said of a PIN; behind all that was asked before.
    bool write(std::function<bool()> what, Checked done);

  private:
    struct Job {
        std::string held, pin;
        Checked checked;
        Made made;
        std::function<bool()> write;
    };
    bool add(Job job);
    void run();
    static void work(Job& job, std::string const& nobodys);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::size_t sets_ = 0, writes_ = 0;  // of the jobs: so that they leave room for checks
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace washup::shell
