#include "tests/support/report/asked.hpp"

#include <gtest/gtest.h>

namespace washup::tests {

report::Document made(core::State const& state, std::string_view name,
                      report::Options const& options) {
    auto document = report::make_report(state, name, options);
    EXPECT_TRUE(document) << name << ": " << (document ? "" : document.error().words);
    return document ? *document : report::Document{};
}

Lines first_lines(core::State const& state, std::string_view name, report::Options const& options) {
    auto const document = made(state, name, options);
    EXPECT_FALSE(document.tables.empty()) << name;
    return document.tables.empty() ? Lines{} : document.tables.front().lines;
}

std::string refused_field(core::State const& state, std::string_view name,
                          report::Options const& options) {
    auto const document = report::make_report(state, name, options);
    return document ? "" : document.error().field;
}

std::string refusal(core::State const& state, std::string_view name,
                    report::Options const& options) {
    auto const document = report::make_report(state, name, options);
    return document ? "made" : document.error().field + ": " + document.error().words;
}

}  // namespace washup::tests
