#include "board/paper/json.hpp"

#include <boost/json.hpp>

#include "proto/base/digest.hpp"

namespace washup::board::paper {
namespace {

namespace json = boost::json;

json::array texts(std::vector<std::string> const& list) {
    json::array out;
    for (auto const& text : list) out.emplace_back(text);
    return out;
}

}  // namespace

std::string json_of(Report const& report) {
    json::array tables;
    for (auto const& table : report.tables) {
        json::array lines;
        for (auto const& line : table.lines) {
            json::object out;
            for (std::size_t i = 0; i < line.size(); ++i) out[table.columns[i]] = line[i];
            lines.push_back(std::move(out));
        }
        tables.push_back({{"name", table.name},
                          {"title", table.title},
                          {"definition", table.definition},
                          {"columns", texts(table.columns)},
                          {"lines", std::move(lines)}});
    }
    json::object const document{{"report", report.name},
                                {"title", report.title},
                                {"about", report.about},
                                {"head", report.head},
                                {"as_of", to_rfc3339(report.as_of)},
                                {"tables", std::move(tables)}};
    return json::serialize(document);
}

std::string sidecar_of(Report const& report, Sidecar const& about) {
    json::object options;
    for (auto const& [key, value] : about.options) options[key] = value;
    json::array tables;
    for (auto const& table : report.tables) {
        auto const here = about.table.empty() || about.table == table.name;
        json::object out{{"name", table.name},
                         {"title", table.title},
                         {"definition", table.definition},
                         {"columns", texts(table.columns)},
                         {"rows", table.lines.size()},
                         {"in_file", here}};
        // What a file of one table leaves out is told here, unless it names people.
        if (!here && !report.names_people()) {
            json::array lines;
            for (auto const& line : table.lines) lines.push_back(texts(line));
            out["lines"] = std::move(lines);
        }
        tables.push_back(std::move(out));
    }
    json::object const document{
        {"file", about.file},
        {"octets", about.octets.size()},
        {"blake2b_256", to_hex(as_bytes(blake2b_256(about.octets)))},
        {"encoding", about.encoding},
        {"report", report.name},
        {"title", report.title},
        {"about", report.about},
        {"options", std::move(options)},
        {"asked", about.as_asked},
        {"head", report.head},
        {"as_of", to_rfc3339(report.as_of)},
        {"made_at", about.made_at},
        {"names_people", report.names_people()},
        {"tables", std::move(tables)},
    };
    return json::serialize(document) + "\n";
}

}  // namespace washup::board::paper
