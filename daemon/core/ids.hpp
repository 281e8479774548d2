#pragma once
// The internal numbers of the house. They never change and are never used again; every outside
// number is an alias of one of them (product.md section 3).

#include <string>

#include "proto/base/digest.hpp"
#include "proto/base/strong_id.hpp"

namespace washup::core {

using RecordNumber = StrongId<struct RecordNumberTag>;  // place in the journal, from 1
using PersonId = StrongId<struct PersonTag>;
using StayId = StrongId<struct StayTag>;
using BlockerId = StrongId<struct BlockerTag>;  // unique over all stays
using ActionId = StrongId<struct ActionTag>;    // unique over all stays
using InboxId = StrongId<struct InboxTag>;
using MeetingId = StrongId<struct MeetingTag>;    // one wash-up
using CycleId = StrongId<struct CycleTag>;        // one week of an improvement cycle
using DecisionId = StrongId<struct DecisionTag>;  // unique over all cycles
using RequestId = StrongId<struct RequestTag>;    // unique over all stays

// A keyed hash of an outside number with its namespace: enough to find a person or a stay again,
// not enough to read the number. Made at the border (daemon/ingest), never here.
using AliasKey = Digest128;

using Code = std::string;        // a code of the vocabulary, the ladder or the site file
using SourceName = std::string;  // an adapter's feed; "board" for what people enter
using StaffId = std::string;

}  // namespace washup::core
