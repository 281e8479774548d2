#include "adapters/csv/intake.hpp"

#include <fmt/format.h>

#include <charconv>

#include "adapters/csv/charset.hpp"
#include "adapters/csv/plain_name.hpp"

namespace washup::csv {
namespace {

// What the store keeps of a file beside its rows: the delimiter, then the header line.
std::string about_of(Sheet const& sheet) {
    return std::string{sheet.delimiter} + std::string{sheet.header_raw};
}

// Above row_bytes_max by one, so that reading the kept row again finds it too long again.
constexpr std::size_t kept_octets = row_bytes_max + 1;

}  // namespace

Result<Intake> take_file(Profile const& profile, std::string_view file_name,
                         std::string_view octets) {
    auto const* const kind = kind_of_file(profile, file_name);
    if (kind == nullptr) {
        return invalid("no [[file]] of profile " + profile.name + " has a pattern for this name");
    }
    if (octets.size() > file_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("the file is larger than {} octets", file_bytes_max),
                     {}};
    }
    auto const decoded = decode_text(octets);
    if (!decoded) return decoded.error();
    auto const sheet = read_sheet(decoded->text);
    if (!sheet) return sheet.error();
    auto const columns = match_columns(*kind, sheet->header);
    if (!columns) return columns.error();
    Intake intake;
    intake.batch.digest = blake2b_256(octets);
    intake.batch.name = plain_name(profile, file_name, intake.batch.digest);
    intake.batch.about = about_of(*sheet);
    intake.unknown_headings = columns->unknown;
    intake.charset = name_of(decoded->charset);
    intake.records.reserve(sheet->rows.size());
    for (auto const& row : sheet->rows) {
        adapters::NewRecord record;
        record.name = fmt::format("{}:{}", intake.batch.name, row.line);
        record.trigger = fmt::format("{}.csv", name_of(kind->kind));
        record.raw = row.raw.substr(0, kept_octets);
        record.digest = blake2b_256(record.raw);
        intake.records.push_back(std::move(record));
    }
    return intake;
}

Result<FileMapper> FileMapper::make(Profile const& profile, std::string_view file_name,
                                    std::string_view about) {
    FileMapper mapper;
    mapper.profile_ = &profile;
    mapper.kind_ = kind_of_file(profile, file_name);
    if (mapper.kind_ == nullptr) return invalid("the profile no longer names files like this one");
    if (about.empty()) return invalid("the header of this file is no longer kept");
    mapper.delimiter_ = about.front();
    auto const header = read_row(about.substr(1), mapper.delimiter_);
    auto columns = match_columns(*mapper.kind_, header.cells);
    if (!columns) return columns.error();
    mapper.columns_ = std::move(*columns);
    mapper.file_time_ = time_in_name(file_name);
    return mapper;
}

v1::Observation FileMapper::map(std::string_view raw) const {
    return map_row(*profile_, *kind_, columns_, read_row(raw, delimiter_), file_time_);
}

std::uint32_t row_of(std::string_view record_name) {
    auto const colon = record_name.rfind(':');
    std::uint32_t row = 0;
    if (colon == std::string_view::npos) return 0;
    std::from_chars(record_name.data() + colon + 1, record_name.data() + record_name.size(), row);
    return row;
}

}  // namespace washup::csv
