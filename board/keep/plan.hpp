#pragma once
// When the sheet on paper's machine is written again, which sheets are kept, and when the newest is
// old: decided from times alone. No file, no clock, no daemon.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::board::keep {

inline constexpr Duration sheet_every = hours(1);
inline constexpr Duration retry_after = seconds(60);
inline constexpr Duration before_meeting_max = hours(12);
// Sheets kept: with the last one broken or torn there is still one.
inline constexpr std::size_t sheets_kept_max = 2;

struct Plan {
    Duration before_meeting = seconds(15 * 60);
    std::vector<Instant> meetings;   // as the last sheet told them
    std::optional<Instant> written;  // the last sheet
    std::optional<Instant> tried;    // the last time that came to nothing, after `written`
};

// Is a sheet to be written now? None is there; it is an hour since; or a meeting is near and the
// last sheet is from before that.
bool is_due(Plan const& plan, Instant now);
// When that is asked again.
Instant next_look(Plan const& plan, Instant now);

// The hour came round twice and nothing was written: whoever relies on it must be told.
bool is_old(Instant written, Instant now);
// "written Mon 23 Nov 08:45, 3 h 12 min ago: OLD"
std::string age_words(Instant written, Instant now);

// A sheet's file by when it was written; UTC, so that no hour comes twice.
std::string file_name(Instant written);
std::optional<Instant> time_in(std::string_view file_name);
// Of these files of a folder the sheets that go: all but the newest. Other people's files stay.
std::vector<std::string> to_remove(std::vector<std::string> files);

}  // namespace washup::board::keep
