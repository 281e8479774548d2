// Any octets as a dropped file: the reader ends, keeps its bounds, and reads each kept row again
// the same way. What a row would become is mapped too, by every kind of file of the shipped
// profile.

#include <cstdint>
#include <string_view>

#include "adapters/csv/charset.hpp"
#include "adapters/csv/reader.hpp"
#include "adapters/csv/row_mapper.hpp"
#include "proto/base/check.hpp"

namespace {

using namespace washup;

csv::Profile const& shipped() {
    static csv::Profile const profile = [] {
        config::Faults faults;
        auto loaded = csv::load_profile(WASHUP_SOURCE_DIR "/config/sources/csv_hub.toml", faults);
        WASHUP_CHECK(loaded.has_value(), "the shipped profile has no faults");
        return *loaded;
    }();
    return profile;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const decoded = csv::decode_text({reinterpret_cast<char const*>(data), size});
    if (!decoded) return 0;
    WASHUP_CHECK(csv::valid_utf8(decoded->text), "decoded text is UTF-8");
    auto const sheet = csv::read_sheet(decoded->text);
    if (!sheet) return 0;
    WASHUP_CHECK(sheet->rows.size() <= csv::rows_max, "rows_max holds");
    for (auto const& row : sheet->rows) {
        WASHUP_CHECK(row.cells.size() <= csv::columns_max, "columns_max holds");
        auto const again = csv::read_row(row.raw, sheet->delimiter);
        WASHUP_CHECK(again.fault.empty() == row.fault.empty(), "a kept row reads the same");
        WASHUP_CHECK(again.cells == row.cells, "a kept row holds the same cells");
    }
    for (auto const& kind : shipped().files) {
        auto const columns = csv::match_columns(kind, sheet->header);
        if (!columns) continue;
        for (auto const& row : sheet->rows) {
            auto const seen = csv::map_row(shipped(), kind, *columns, row, std::nullopt);
            WASHUP_CHECK(seen.what_case() != v1::Observation::WHAT_NOT_SET, "a row is something");
        }
    }
    return 0;
}
