#include "board/link/pin_input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace washup::board {
namespace {

// Puts the terminal back as it was, whatever happens.
class Silent {
  public:
    explicit Silent(int terminal) : terminal_(terminal) {
        silent_ = ::tcgetattr(terminal, &before_) == 0;
        auto without = before_;
        without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent_ = silent_ && ::tcsetattr(terminal, TCSAFLUSH, &without) == 0;
    }
    ~Silent() {
        if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    Silent(Silent const&) = delete;
    Silent& operator=(Silent const&) = delete;
    bool silent() const { return silent_; }

  private:
    int terminal_;
    bool silent_ = false;
    termios before_{};
};

void say(int terminal, std::string const& text) {
    if (::write(terminal, text.data(), text.size()) < 0) return;  // the question was not seen
}

}  // namespace

Result<std::string> pin_from(int descriptor) {
    std::string line;
    line.reserve(pin_line_bytes_max);  // it grows no further: no copy of it is left behind
    for (char octet = 0;;) {           // one at a time: what follows is not ours
        auto const got = ::read(descriptor, &octet, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return io_error(fmt::format("cannot read the PIN: {}", std::strerror(errno)));
        }
        if (got == 0 || octet == '\n') break;
        if (line.size() == pin_line_bytes_max) {
            sodium_memzero(line.data(), line.size());
            return invalid("that is too long for a PIN", "pin");
        }
        line += octet;
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) return invalid("no PIN was given", "pin");
    return line;
}

Result<std::string> pin_from_terminal(std::string const& question) {
    int const terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) {
        return io_error("there is no terminal to ask for the PIN; give --pin-fd N");
    }
    Result<std::string> pin = io_error("the terminal cannot be kept silent; give --pin-fd N");
    {
        Silent const silent{terminal};
        if (silent.silent()) {
            say(terminal, question);
            pin = pin_from(terminal);
            say(terminal, "\n");
        }
    }
    ::close(terminal);
    return pin;
}

}  // namespace washup::board
