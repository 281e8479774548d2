#pragma once
// One row seen through the profile: cells by meaning instead of by place. It says what a cell
// holds, nothing, or "taken away"; what that means for a stay is row_mapper's.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/profile.hpp"
#include "adapters/csv/reader.hpp"
#include "proto/base/result.hpp"

namespace washup::csv {

// Where each meaning stands in one file.
struct Columns {
    std::size_t count = 0;                                            // cells of the header
    std::map<std::string, std::vector<std::size_t>, std::less<>> at;  // meaning -> cells, in order
    std::vector<std::string> header;
    std::vector<std::string> unknown;  // headings the profile does not name; ignored
};

// Error: a heading without which no row of this kind can be mapped is missing.
Result<Columns> match_columns(FileKind const& kind, std::vector<std::string> const& header);

struct Cell {
    enum class State { absent, nothing, cleared, filled };
    State state = State::absent;
    std::string_view text;
    std::string_view heading;
    bool filled() const { return state == State::filled; }
};

class RowReader {
  public:
    RowReader(Profile const& profile, FileKind const& kind, Columns const& columns, Row const& row)
        : profile_(profile), kind_(kind), columns_(columns), row_(row) {}

    Profile const& profile() const { return profile_; }
    FileKind const& kind() const { return kind_; }

    // The first filled cell of that meaning, else the first of any state.
    Cell cell(std::string_view meaning) const;
    std::string text(std::string_view meaning) const;  // "" when not filled
    // The profile's code for the cell's words, else the words themselves.
    std::string code(std::string_view meaning) const;
    // A time, when filled. Error: it is none; field = heading.
    Result<std::optional<Moment>> moment(std::string_view meaning) const;
    // A whole number, when filled.
    Result<std::optional<std::int64_t>> number(std::string_view meaning) const;
    // "12", "1,204.5", "63.2%"; in thousandths, of which more decimals than three are refused.
    Result<std::optional<std::int64_t>> thousandths(std::string_view meaning) const;
    // A number that names somebody: blanks taken out; what Excel has spoilt is an error.
    Result<std::string> identity(std::string_view meaning) const;
    // The heading that stands twice in the file and says two things in this row; empty: none does.
    std::string contradiction() const;
    // How a fault names a column: the heading in the file, else the one of the profile.
    std::string heading(std::string_view meaning) const;

  private:
    Profile const& profile_;
    FileKind const& kind_;
    Columns const& columns_;
    Row const& row_;
};

}  // namespace washup::csv
