#include "adapters/csv/report.hpp"

#include <cstdint>

namespace washup::csv {
namespace {

std::string quoted(std::string const& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string make_report(std::string const& file_name, std::vector<Rejection> const& rejections) {
    std::string out = "file,row,column,reason\r\n";
    for (auto const& one : rejections) {
        out += quoted(file_name) + ',';
        if (one.row != 0) out += std::to_string(one.row);
        out += ',' + quoted(one.column) + ',' + quoted(one.reason) + "\r\n";
    }
    return out;
}

}  // namespace washup::csv
