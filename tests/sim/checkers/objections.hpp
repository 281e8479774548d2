#pragma once
// What checkers say. The first few say what is wrong; after them a run is only noise.

#include <string>
#include <vector>

namespace washup::sim {

inline constexpr std::size_t objections_max = 20;

struct Objection {
    std::string checker, words;
};

class Objections {
  public:
    void add(std::string checker, std::string words) {
        if (all_.size() < objections_max) all_.push_back({std::move(checker), std::move(words)});
    }
    bool empty() const { return all_.empty(); }
    std::vector<Objection> const& all() const { return all_; }

  private:
    std::vector<Objection> all_;
};

}  // namespace washup::sim
