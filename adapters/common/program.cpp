#include "adapters/common/program.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace washup::adapters {

StopSignals::StopSignals(boost::asio::io_context& io, std::function<void()> on_stop)
    : signals_(io, SIGINT, SIGTERM), on_stop_(std::move(on_stop)) {
    wait();
}

void StopSignals::wait() {
    signals_.async_wait([this](boost::system::error_code error, int number) {
        if (error) return;
        if (stopping_) std::_Exit(128 + number);
        stopping_ = true;
        wait();
        on_stop_();
    });
}

Result<void> check_source_name(std::string const& name) {
    auto const fine = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    if (!name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), fine))
        return {};
    return invalid("a source's name is 1 to 32 of a-z, 0-9, _ and -", "source");
}

}  // namespace washup::adapters
