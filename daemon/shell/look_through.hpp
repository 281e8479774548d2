#pragma once
// Looks through the whole journal once after each start, behind everything else: a start from an
// image reads only what came after it, and an old record that was changed, cut or taken away must
// not stay unseen for that. It reads and judges; what is done about a fault its owner decides. What
// it reads anyway also fills the index by which past minutes are found.

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

#include "daemon/journal/verify.hpp"
#include "daemon/shell/shared_past_index.hpp"

namespace washup::shell {

// Records of one look, so that the journal's log is never held back for longer.
inline constexpr std::uint64_t look_records = 20'000;

class LookThrough {
  public:
    // `on_fault` is called once or never, on this object's thread.
    using OnFault = std::function<void(journal::VerifyReport const&)>;
    LookThrough(std::filesystem::path data_dir, SharedPastIndex& index, OnFault on_fault);
    ~LookThrough();  // ends it in the middle
    LookThrough(LookThrough const&) = delete;
    LookThrough& operator=(LookThrough const&) = delete;

  private:
    void run();

    std::filesystem::path data_dir_;
    SharedPastIndex& index_;
    OnFault on_fault_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace washup::shell
