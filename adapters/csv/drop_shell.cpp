#include "adapters/csv/drop_shell.hpp"

#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

namespace washup::csv {
namespace {

namespace fs = std::filesystem;
namespace asio = boost::asio;

constexpr int scan_ms = 500;

class WatchedFolder final : public DropFolder {
  public:
    WatchedFolder(asio::io_context& io, fs::path folder, Duration settle, int inotify)
        : folder_(std::move(folder)), settle_(settle), events_(io), timer_(io) {
        if (inotify >= 0) {
            events_.assign(inotify);
            listen();
        }
        scan_later();
    }

    void on_change(std::function<void()> handler) override { handler_ = std::move(handler); }
    std::vector<std::string> whole_files() override;
    bool empty() override { return names().empty(); }
    fs::path path_of(std::string const& name) const override { return folder_ / name; }
    Result<std::string> move_to(std::string const& name, std::string const& where,
                                std::string const& as) override;
    Result<void> write_report(std::string const& name, std::string const& where,
                              std::string const& text) override;
    void stop() override {
        boost::system::error_code ignored;
        events_.close(ignored);
        timer_.cancel();
        handler_ = {};
    }

  private:
    struct Seen {
        std::int64_t size = -1, changed_ns = 0;
        SteadyInstant since;
    };

    std::vector<std::string> names() const;
    bool settled(std::string const& name);
    void listen();
    void take_events(std::size_t size);
    void scan_later();
    void tell() {
        if (handler_) handler_();
    }

    fs::path folder_;
    Duration settle_;
    asio::posix::stream_descriptor events_;
    asio::steady_timer timer_;
    std::function<void()> handler_;
    alignas(inotify_event) std::array<char, 64 << 10> buffer_{};
    std::set<std::string> moved_in_;
    std::map<std::string, Seen> seen_;
};

std::vector<std::string> WatchedFolder::names() const {
    std::vector<std::string> found;
    std::error_code fault;
    for (auto const& entry : fs::directory_iterator(folder_, fault)) {
        auto name = entry.path().filename().string();
        std::error_code ignored;
        if (!unfinished_name(name) && entry.is_regular_file(ignored)) {
            found.push_back(std::move(name));
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Whole by its size and time standing still. The time alone would do for a writer that is stuck; a
// file copied with its old time kept is judged by what this process has seen.
bool WatchedFolder::settled(std::string const& name) {
    struct stat about {};
    if (::stat((folder_ / name).c_str(), &about) != 0) return false;
    auto& seen = seen_[name];
    auto const changed = std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec;
    auto const now = steady_now();
    if (seen.size != about.st_size || seen.changed_ns != changed) {
        seen = Seen{about.st_size, changed, now};
    }
    return now - seen.since >= settle_;
}

std::vector<std::string> WatchedFolder::whole_files() {
    auto found = names();
    for (auto entry = seen_.begin(); entry != seen_.end();) {
        bool const here = std::binary_search(found.begin(), found.end(), entry->first);
        entry = here ? std::next(entry) : seen_.erase(entry);
    }
    std::erase_if(found, [&](std::string const& name) {
        return !moved_in_.contains(name) && !settled(name);
    });
    return found;
}

void WatchedFolder::listen() {
    events_.async_read_some(asio::buffer(buffer_),
                            [this](boost::system::error_code fault, std::size_t size) {
                                if (fault) return;
                                take_events(size);
                                listen();
                                tell();
                            });
}

void WatchedFolder::take_events(std::size_t size) {
    for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
        inotify_event event{};
        std::memcpy(&event, buffer_.data() + at, sizeof event);
        if (event.len > 0) {
            std::string const name{buffer_.data() + at + sizeof event};
            // A rename within the folder or into it is how a finished file appears.
            if ((event.mask & IN_MOVED_TO) != 0) moved_in_.insert(name);
            if ((event.mask & (IN_MOVED_FROM | IN_DELETE | IN_MODIFY)) != 0) moved_in_.erase(name);
        }
        at += sizeof event + event.len;
    }
}

void WatchedFolder::scan_later() {
    timer_.expires_after(std::chrono::milliseconds(scan_ms));
    timer_.async_wait([this](boost::system::error_code fault) {
        if (fault) return;
        scan_later();
        tell();
    });
}

Result<std::string> WatchedFolder::move_to(std::string const& name, std::string const& where,
                                           std::string const& as) {
    auto target = as;
    std::error_code fault;
    for (int copy = 2; fs::exists(folder_ / where / target, fault); ++copy) {
        target = fmt::format("{}.{}", as, copy);
    }
    fs::rename(folder_ / name, folder_ / where / target, fault);
    if (fault) {
        return io_error(fmt::format("{} cannot be moved to {}/ ({})", as, where, fault.message()));
    }
    moved_in_.erase(name);
    seen_.erase(name);
    return target;
}

Result<void> WatchedFolder::write_report(std::string const& name, std::string const& where,
                                         std::string const& text) {
    std::error_code fault;
    auto target = folder_ / where / (name + ".report.csv");
    for (int copy = 2; fs::exists(target, fault); ++copy) {
        target = folder_ / where / fmt::format("{}.{}.report.csv", name, copy);
    }
    auto const half = folder_ / where / (name + ".report.tmp");
    {
        std::ofstream out(half, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) return io_error("a report cannot be written to " + where + "/");
    }
    fs::rename(half, target, fault);
    if (fault) return io_error("a report cannot be written to " + where + "/");
    return {};
}

}  // namespace

bool unfinished_name(std::string_view name) {
    if (name.empty() || name.front() == '.' || name.back() == '~') return true;
    for (auto const* const end : {".tmp", ".part", ".partial", ".filepart", ".crdownload"}) {
        if (name.ends_with(end)) return true;
    }
    return false;
}

Result<std::unique_ptr<DropFolder>> DropFolder::open(asio::io_context& io, fs::path folder,
                                                     Duration settle) {
    std::error_code fault;
    if (!fs::is_directory(folder, fault)) {
        return invalid(folder.string() + " is no folder", "--drop");
    }
    for (auto const* const where : {"done", "failed"}) {
        fs::create_directories(folder / where, fault);
        if (fault || ::access((folder / where).c_str(), W_OK | X_OK) != 0) {
            return io_error(fmt::format("{}/{} cannot be made or written", folder.string(), where));
        }
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return io_error(folder.string() + " cannot be written, so files could not be moved out");
    }
    // Without inotify (its watches used up) the settle time alone decides: slower, not wrong.
    int inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify >= 0 && ::inotify_add_watch(inotify, folder.c_str(),
                                            IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_MODIFY |
                                                IN_CLOSE_WRITE) < 0) {
        ::close(inotify);
        inotify = -1;
    }
    return std::unique_ptr<DropFolder>{
        std::make_unique<WatchedFolder>(io, std::move(folder), settle, inotify)};
}

}  // namespace washup::csv
