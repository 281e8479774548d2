#pragma once
// The daemon's shell: owns the loop, the sockets, the timers and the two threads beside it, turns
// frames into inputs of the engine and its actions into IO. A rule of the ward found here is in the
// wrong place.

#include <memory>
#include <optional>

#include "daemon/engine/recover.hpp"
#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/reader/reader.hpp"
#include "daemon/settings/settings.hpp"
#include "daemon/shell/shared_past_index.hpp"
#include "proto/link/key_pair.hpp"

namespace washup::shell {

// sysexits: 0 stopped on request, 74 the journal failed, 69 a port is taken, 78 configuration.
inline constexpr int exit_ok = 0;
inline constexpr int exit_unavailable = 69;
inline constexpr int exit_io = 74;
inline constexpr int exit_config = 78;

// Keeps SIGTERM and SIGINT waiting from here until Daemon::run() takes them: a stop that is asked
// for while the journal is read back is still a clean one. Call it before the first thread starts.
void hold_stop_signals();

class Daemon {
  public:
    // `reader` is of the same fold. `own_keys` is the daemon's pair: needed exactly when the
    // settings list keys.
    Daemon(settings::DaemonSettings settings, journal::Sealer sealer,
           std::unique_ptr<journal::Journal> journal, journal::CheckpointLog checkpoints,
           engine::Recovered recovered, reader::Reader reader,
           std::optional<link::KeyPair> own_keys);
    ~Daemon();

    // Binds, serves until SIGTERM or SIGINT or a failure, drains; gives the exit code.
    int run();

    // To be filled by who looks through the journal; lives as long as this.
    SharedPastIndex& past_index();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace washup::shell
