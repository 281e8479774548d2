// The only file that knows toml++: it copies the library's tree into ours, with places, and turns
// the library's exceptions into faults.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "config/load/tree.hpp"

namespace washup::config {
namespace {

Position position_of(toml::source_region const& region, std::string const& file) {
    return {file, region.begin.line, region.begin.column};
}

// toml++ begins each fault with what it was doing, which a person who mends a file need not know.
std::string plain(std::string_view description) {
    constexpr std::string_view doing = "Error while parsing ";
    auto const end = description.find(": ");
    if (description.substr(0, doing.size()) == doing && end != std::string_view::npos)
        description.remove_prefix(end + 2);
    return std::string(description);
}

template <class T>
std::string as_text(T const& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

Node copy(toml::node const& from, std::string const& file);

void copy_entries(toml::table const& from, std::string const& file, Node& to) {
    for (auto const& [key, value] : from) {
        to.entries.push_back(
            {std::string(key.str()), position_of(key.source(), file), copy(value, file)});
    }
    // toml++ sorts by key; a person reads by place.
    std::sort(to.entries.begin(), to.entries.end(),
              [](Entry const& a, Entry const& b) { return a.at < b.at; });
}

// The nesting is bounded by toml++ (TOML_MAX_NESTED_VALUES), so the recursion is.
Node copy(toml::node const& from, std::string const& file) {
    Node to;
    to.at = position_of(from.source(), file);
    if (auto const* table = from.as_table()) {
        copy_entries(*table, file, to);
    } else if (auto const* array = from.as_array()) {
        to.kind = Kind::array;
        for (auto const& item : *array) to.items.push_back(copy(item, file));
    } else if (auto const* text = from.as_string()) {
        to.kind = Kind::text;
        to.text = text->get();
    } else if (auto const* integer = from.as_integer()) {
        to.kind = Kind::integer;
        to.integer = integer->get();
    } else if (auto const* number = from.as_floating_point()) {
        to.kind = Kind::number;
        to.number = number->get();
    } else if (auto const* truth = from.as_boolean()) {
        to.kind = Kind::truth;
        to.truth = truth->get();
    } else {
        to.kind = Kind::time;
        if (auto const* date = from.as_date()) to.text = as_text(date->get());
        if (auto const* time = from.as_time()) to.text = as_text(time->get());
        if (auto const* both = from.as_date_time()) to.text = as_text(both->get());
    }
    return to;
}

// What a person can do about it, where the library's words do not say.
std::string advice(std::string const& words) {
    if (words.find("control characters") != std::string::npos)
        return "a quotation mark may be missing at the end of this line";
    return {};
}

// The text with one line emptied, so that what follows keeps its place; false when it has no such
// line or the line is empty already.
bool empty_line(std::string& text, std::size_t line) {
    std::size_t begin = 0;
    for (std::size_t i = 1; i < line; ++i) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return false;
        ++begin;
    }
    auto const end = std::min(text.find('\n', begin), text.size());
    if (begin >= end) return false;
    text.erase(begin, end - begin);
    return true;
}

// The parser stops at its first fault. To tell all of them at once, each line with a fault is
// emptied and the rest parsed again; when the next fault does not lie further on, it may be of our
// making (half of a list was emptied) and is not told.
void tell_syntax_faults(std::string text, std::string const& file, Faults& faults) {
    std::size_t last = 0;
    for (std::size_t told = 0; told < syntax_faults_max; ++told) {
        try {
            (void)toml::parse(text, std::string_view(file));
            return;
        } catch (toml::parse_error const& error) {
            auto const at = position_of(error.source(), file);
            if (at.line <= last) return;
            auto const words = plain(error.description());
            faults.add(at, words, advice(words));
            last = at.line;
            if (!empty_line(text, last)) return;
        }
    }
}

}  // namespace

Tree parse_tree(std::string_view text, std::string const& file, Faults& faults) {
    if (text.size() > file_bytes_max) {
        faults.add({file, 0, 0}, fmt::format("the file has {} bytes; at most {} are read",
                                             text.size(), file_bytes_max));
        return Tree(std::nullopt);
    }
    try {
        auto const parsed = toml::parse(text, std::string_view(file));
        auto root = copy(parsed, file);
        root.at = {file, 1, 1};
        return Tree(std::move(root));
    } catch (toml::parse_error const&) {
        tell_syntax_faults(std::string(text), file, faults);
        return Tree(std::nullopt);
    }
}

Tree load_tree(std::filesystem::path const& path, Faults& faults) {
    auto const file = path.string();
    std::error_code failure;
    if (!std::filesystem::exists(path, failure)) {
        faults.add({file, 0, 0}, "there is no such file");
        return Tree(std::nullopt);
    }
    std::ifstream in(path, std::ios::binary);
    std::string text;
    if (in && !std::filesystem::is_directory(path, failure)) {
        // One byte above the bound is enough to see that it is exceeded.
        text.resize(file_bytes_max + 1);
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(in.gcount()));
    }
    if (!in.eof() && text.size() <= file_bytes_max) {
        faults.add({file, 0, 0}, "the file cannot be read");
        return Tree(std::nullopt);
    }
    return parse_tree(text, file, faults);
}

}  // namespace washup::config
