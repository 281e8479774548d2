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

std::vector<Bytes> frames_of(std::string const& name, core::RecordNumber head,
                             report::Document const& document);
Bytes refused_frame(std::string const& name, Error const& error);

}  // namespace washup::reader
