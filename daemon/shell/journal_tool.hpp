#pragma once
// `washupd journal ...`: what an operator does with a journal, with the daemon running or not. The
// work is in daemon/journal; here are the words, the tables and the exit codes.

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace washup::shell {

// 0 done and sound, 1 something is wrong with the journal (printed), 2 usage, 74 a file failed.
inline constexpr int exit_unsound = 1;

class JournalTool {
  public:
    // Adds the subcommand; `chosen()` is what it asks for, empty when it was not used.
    explicit JournalTool(CLI::App& app);
    bool chosen() const { return static_cast<bool>(act_); }
    int run() const { return act_(); }

  private:
    void add_verify(CLI::App& group);
    void add_stats(CLI::App& group);
    void add_checkpoints(CLI::App& group);
    void add_copies(CLI::App& group);
    void add_erasures(CLI::App& group);
    void add_rekey(CLI::App& group);
    void add_print(CLI::App& group);
    void note_copy() const;

    std::string data_, file_, checkpoints_, public_key_, erasures_;
    std::uint64_t from_ = 1, to_ = 0;
    bool json_ = false, clear_ = false;
    std::function<int()> act_;
};

}  // namespace washup::shell
