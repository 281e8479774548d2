#pragma once
// A report as frames of the wire: as many ReportChunks as it takes, the last one marked.

#include <vector>

#include "daemon/report/report.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::reader {

// Lines of one chunk: so that a chunk stays below frame_bytes_max, however long its cells.
inline constexpr std::size_t chunk_bytes_max = wire::frame_bytes_max / 4;
// One cell; words of a person are shorter, and longer ones end in an ellipsis.
inline constexpr std::size_t cell_bytes_max = 4096;
// Stays told behind one line; who asks for them compares, and a line of more is compared without.
inline constexpr std::size_t line_stays_max = 20'000;

// What goes with a report besides its tables.
struct ReportHead {
    std::string name;
    core::RecordNumber head;  // of the state it was made from
    Instant as_of;            // and its time
    int tier = 0;
    bool with_stays = false;
};
std::vector<Bytes> frames_of(ReportHead const& about, report::Document const& document);
Bytes refused_frame(std::string const& name, Error const& error);

}  // namespace washup::reader
