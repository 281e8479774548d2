#pragma once
// The words of the engine's answers, as frames. Nothing is decided here.

#include <string>
#include <vector>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::v1 {
class IngestRecord;
class SourceHello;
}  // namespace washup::v1

namespace washup::engine {

// Why a hello cannot be taken; empty when it can.
std::string fault_of(v1::SourceHello const& hello, core::State const& state);
// The store of a source that these words name; null when it never said hello.
core::SourceEpoch const* epoch_of(core::State const& state, std::string const& source,
                                  std::string const& epoch);
Bytes refusal(std::string code, std::string words);
Bytes welcome(v1::SourceHello const& hello, std::uint64_t watermark, std::uint64_t run,
              Instant now);
Bytes record_answer(v1::IngestRecord const& record, core::Outcome const& outcome,
                    core::RecordNumber number, bool duplicate);
// The same answer again, marked as such. What is too old to be remembered was accepted.
Bytes repeated_answer(v1::IngestRecord const& record, core::SourceEpoch const& epoch);
Bytes refused_answer(v1::IngestRecord const& record, std::string code, std::string words);
Bytes accepted_command(std::string const& id, core::RecordNumber number,
                       core::Outcome const& outcome, std::vector<std::string> const& copies = {});
Bytes refused_command(std::string const& id, Error const& error);

}  // namespace washup::engine
