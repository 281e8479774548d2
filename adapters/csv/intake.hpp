#pragma once
// A file as the adapter takes it: from octets to rows that can be stored, and from a stored row
// back to an observation. Pure: whether a file is whole, kept or moved is taker's; sending is
// sender's.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/common/record.hpp"
#include "adapters/csv/row_mapper.hpp"

namespace washup::csv {

struct Intake {
    adapters::NewBatch batch;
    std::vector<adapters::NewRecord> records;
    std::vector<std::string> unknown_headings;
    std::string charset;
};

// Error: the file as a whole cannot be taken; the words say why and hold nothing of its content.
Result<Intake> take_file(Profile const& profile, std::string_view file_name,
                         std::string_view octets);

// The file's header and place in the profile, for mapping its rows.
class FileMapper {
  public:
    // Error: the profile no longer knows such a file, or the store's note of it is damaged.
    static Result<FileMapper> make(Profile const& profile, std::string_view file_name,
                                   std::string_view about);
    v1::Observation map(std::string_view raw) const;
    std::vector<std::string> const& unknown_headings() const { return columns_.unknown; }

  private:
    Profile const* profile_ = nullptr;
    FileKind const* kind_ = nullptr;
    Columns columns_;
    char delimiter_ = ',';
    std::optional<Moment> file_time_;
};

// "blockers.csv:17" -> 17; 0 when it names no row.
std::uint32_t row_of(std::string_view record_name);

}  // namespace washup::csv
