#include "adapters/hl7v2/profile.hpp"

#include <algorithm>

#include "adapters/hl7v2/framer.hpp"
#include "proto/base/check.hpp"

namespace washup::hl7v2 {
namespace {

std::string folded(std::string_view code) {
    std::string out{trimmed(code)};
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

// How well a match fits: 0 not at all, more for each side that was named.
int fit(SenderMatch const& match, std::string_view application, std::string_view facility) {
    if (!match.application.empty() && match.application != application) return 0;
    if (!match.facility.empty() && match.facility != facility) return 0;
    return (match.application.empty() ? 0 : 2) + (match.facility.empty() ? 0 : 1);
}

}  // namespace

void CodeMap::set(std::string_view code, std::string word) {
    words_[folded(code)] = std::move(word);
}

std::string CodeMap::find(std::string_view code) const {
    auto const it = words_.find(folded(code));
    return it == words_.end() ? std::string{} : it->second;
}

void CodeList::set(std::vector<std::string> const& codes) {
    codes_.clear();
    for (auto const& code : codes) codes_.push_back(folded(code));
}

bool CodeList::has(std::string_view code) const {
    return std::find(codes_.begin(), codes_.end(), folded(code)) != codes_.end();
}

Profile const* ProfileSet::find(std::string_view name) const {
    auto const it = profiles_.find(std::string{name});
    return it == profiles_.end() ? nullptr : &it->second;
}

std::vector<std::string> ProfileSet::names() const {
    std::vector<std::string> out;
    for (auto const& [name, profile] : profiles_) out.push_back(name);
    return out;
}

Profile const& ProfileSet::choose(std::string_view named, std::string_view application,
                                  std::string_view facility) const {
    auto const* best = find(named.empty() ? "default" : named);
    WASHUP_CHECK(best != nullptr, "the program starts only with default and the profile it names");
    int best_fit = 0;
    if (!named.empty()) return *best;
    for (auto const& [name, profile] : profiles_) {
        for (auto const& match : profile.matches) {
            auto const value = fit(match, application, facility);
            if (value > best_fit) {
                best_fit = value;
                best = &profile;
            }
        }
    }
    return *best;
}

}  // namespace washup::hl7v2
