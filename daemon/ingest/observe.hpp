#pragma once
// The border: records and commands from the wire become core values, checked once for form. After
// this folder data is trusted to be well formed; whether it can be true is decide's matter. Outside
// numbers become keyed hashes here, so that core never compares them in the clear.

#include <functional>
#include <memory>

#include "daemon/core/command.hpp"
#include "daemon/core/observation.hpp"
#include "proto/base/result.hpp"

namespace washup::v1 {
class Command;
class IngestRecord;
class SourceHello;
}  // namespace washup::v1

namespace washup::ingest {

// A keyed hash of an outside number: kind ("visit", "local", "nhs", "council"), namespace, number.
using AliasHash = std::function<core::AliasKey(std::string_view kind, std::string_view name_space,
                                               std::string_view number)>;

// No text that a source or person sends is longer; the rest is cut and marked "...".
inline constexpr std::size_t text_bytes_max = 4096;
// Facts in one observation.
inline constexpr std::size_t observation_facts_max = 200;
// Identifiers of one person in one observation.
inline constexpr std::size_t observation_identifiers_max = 32;
// Fields of one observation that are said to be unreadable; the last one speaks for the rest.
inline constexpr std::size_t observation_unreadable_max = 16;

// Source names are [a-z0-9_-]{1,32}: they go into logs, file names and screens. "board" is what
// people enter, and no feed may speak for people.
bool valid_source_name(std::string_view name);

// An error only when the envelope itself is unusable (source, sequence): such a record cannot even
// be kept. Unusable content becomes a SetAside.
Result<core::Observation> observe(std::shared_ptr<v1::IngestRecord const> const& record,
                                  AliasHash const& hash);

// The same from the bytes an inbox item keeps.
Result<core::Observation> observe_again(Bytes const& raw, AliasHash const& hash);

// A stay as a person or program names it: "AUTHORITY:NUMBER", or "#17" by its internal id.
core::StayName read_stay_name(std::string const& given, AliasHash const& hash);

// An error is the refusal to the asker.
Result<core::Command> read_command(v1::Command const& command, AliasHash const& hash);

}  // namespace washup::ingest
