#pragma once
// The traffic of the test hospital as the daemon would be asked it, without adapters' stores and
// sockets: messages through the real HL7 mapper, dropped files through the real CSV one, in order
// of time and as fast as they can be made. Not a client: whoever calls it has the engine.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "proto/base/time.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::bench {

struct FeedOptions {
    std::string config_dir;  // of the shipped configuration
    Instant start;
    int beds = 800;
    std::uint64_t seed = 1;
};

// One record, and when the daemon receives it.
struct Received {
    Instant at;
    std::shared_ptr<v1::IngestRecord const> record;
};

class HospitalFeed {
  public:
    // Throws std::runtime_error when the configuration cannot be read.
    explicit HospitalFeed(FeedOptions options);
    ~HospitalFeed();

    // Whom the daemon knows by name, told before the first record.
    std::vector<std::shared_ptr<v1::SourceHello const>> hellos() const;
    std::vector<std::shared_ptr<v1::Command const>> staff() const;
    // Everything up to `until`; messages of the ward, rows of the hub.
    std::vector<Received> up_to(Instant until);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace washup::bench
