#pragma once
// Rows of the feed, made from State: the full (tier 3) form, which restrict_to() then narrows for a
// wall. Pure: the same state gives the same rows, so a restarted daemon has the same fingerprint.

#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/derive/measures.hpp"
#include "daemon/derive/tallies.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::reader {

v1::Row stay_row(core::State const& state, core::Stay const& stay);
v1::Row service_row(core::State const& state, core::Code const& service);
v1::Row source_row(core::State const& state, core::SourceName const& source);
v1::Row staff_row(core::Staff const& staff);
v1::Row inbox_row(core::InboxItem const& item);
v1::Row tally_row(core::State const& state, derive::LeafKey const& key, derive::Leaf const& leaf);
v1::Row people_row(derive::PeopleKey const& key, std::int64_t people);
v1::Row headline_row(core::State const& state, std::string const& scope,
                     derive::Headline const& headline, derive::Tallies const& tallies);
// Ladder, reasons and teams: what a follower needs to show codes in words.
std::vector<v1::Row> config_rows(core::State const& state);
v1::Row team_row(core::State const& state, core::TeamConfig const& team);

std::string row_id(core::StayId stay);
std::string row_id(derive::LeafKey const& key);
std::string row_id(derive::PeopleKey const& key);

// "E. A." of "ADAMS, Edith"; empty when there is no name.
std::string initials_of(std::string const& name);
// Short words of a reason for a screen; "Unknown" when it is not mapped.
std::string reason_words(core::Config const& config, core::Code const& reason,
                         core::Code const& local_reason);
core::ReasonConfig const* find_reason(core::Config const& config, core::Code const& code);
std::string theme_words(core::Config const& config, core::Code const& theme);

}  // namespace washup::reader
