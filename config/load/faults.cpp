#include "config/load/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace washup::config {
namespace {

// Levenshtein's distance with a swap of neighbours counted once, the commonest slip of a typist.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const change = a[i - 1] == b[j - 1] ? 0u : 1u;
            cost[i][j] =
                std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace

std::string to_text(Fault const& fault) {
    auto const& at = fault.at;
    // A fault of the file as a whole has no line.
    auto text = at.line == 0
                    ? fmt::format("{}: {}", at.file, fault.words)
                    : fmt::format("{}:{}:{}: {}", at.file, at.line, at.column, fault.words);
    if (!fault.suggestion.empty()) text += fmt::format(" ({})", fault.suggestion);
    return text;
}

void Faults::add(Position at, std::string words, std::string suggestion) {
    if (faults_.size() == faults_max) {
        ++left_out_;
        return;
    }
    faults_.push_back({std::move(at), std::move(words), std::move(suggestion)});
}

std::vector<Fault> Faults::list() const {
    std::vector<std::string> files;
    for (auto const& fault : faults_) {
        if (std::find(files.begin(), files.end(), fault.at.file) == files.end())
            files.push_back(fault.at.file);
    }
    auto const rank = [&files](Fault const& fault) {
        auto const file = std::find(files.begin(), files.end(), fault.at.file) - files.begin();
        return std::tuple(file, fault.at.line, fault.at.column, std::string_view(fault.words));
    };
    auto sorted = faults_;
    std::sort(sorted.begin(), sorted.end(),
              [&rank](Fault const& x, Fault const& y) { return rank(x) < rank(y); });
    auto const same = [](Fault const& x, Fault const& y) {
        return x.at == y.at && x.words == y.words;
    };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
    if (left_out_ > 0)
        sorted.push_back({sorted.back().at, fmt::format("and {} more faults", left_out_), {}});
    return sorted;
}

std::string nearest(std::string_view word, std::vector<std::string> const& candidates) {
    if (word.size() > compared_chars_max) return {};
    std::string best;
    // A third of the word may be wrong; more is another word.
    auto least = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
    for (auto const& candidate : candidates) {
        if (candidate.size() > compared_chars_max || candidate == word) continue;
        auto const distance = edit_distance(word, candidate);
        if (distance < least && distance < candidate.size()) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates) {
    auto const best = nearest(word, candidates);
    return best.empty() ? std::string{} : fmt::format("did you mean `{}`?", best);
}

}  // namespace washup::config
