#include "daemon/report/telling.hpp"

#include <algorithm>
#include <optional>

namespace washup::report {
namespace {

// Rows are reduced modulo a prime: no fraction grows, and signs of +1 and -1 have no minors near
// it.
constexpr std::int64_t prime = 1'000'000'007;

std::int64_t residue(std::int64_t value) {
    return (value % prime + prime) % prime;
}
std::int64_t inverse(std::int64_t value) {
    std::int64_t result = 1, base = value;
    for (auto power = prime - 2; power != 0; power /= 2) {
        if (power % 2 == 1) result = result * base % prime;
        base = base * base % prime;
    }
    return result;
}

using Row = std::map<Unknown, std::int64_t>;

// row -= times * from
void take(Row& row, Row const& from, std::int64_t times) {
    for (auto const& [unknown, factor] : from) {
        auto& mine = row[unknown];
        mine = residue(mine - times * factor % prime);
        if (mine == 0) row.erase(unknown);
    }
}

// Each row by the unknown that stands in no other one.
std::map<Unknown, Row> reduced(std::vector<Equation> const& equations) {
    std::map<Unknown, Row> rows;
    for (auto const& equation : equations) {
        Row row;
        for (auto const& [unknown, sign] : equation.of) {
            if (residue(sign) != 0) row[unknown] = residue(sign);
        }
        for (auto const& [unknown, other] : rows) {
            if (auto const it = row.find(unknown); it != row.end())
                take(row, other, std::int64_t{it->second});
        }
        if (row.empty()) continue;
        auto const [first, factor] = *row.begin();
        auto const scale = inverse(factor);
        for (auto& [unknown, mine] : row) mine = mine * scale % prime;
        for (auto& [unknown, other] : rows) {
            if (auto const it = other.find(first); it != other.end())
                take(other, row, std::int64_t{it->second});
        }
        rows[first] = std::move(row);
    }
    return rows;
}

// Where an unknown may be; no count is below 0, and at first none has an end.
struct Bounds {
    std::int64_t low = 0;
    std::optional<std::int64_t> high;
};

// Where a signed unknown may be.
struct Term {
    std::optional<std::int64_t> least, most;
    Term(Bounds const& b, std::int64_t sign) {
        if (sign > 0) {
            least = b.low;
            most = b.high;
        } else {
            if (b.high) least = -*b.high;
            most = -b.low;
        }
    }
};

// A sum of which parts may be without an end.
struct Total {
    std::int64_t sum = 0;
    int endless = 0;
    void add(std::optional<std::int64_t> const& part) {
        part ? void(sum += *part) : void(++endless);
    }
    std::optional<std::int64_t> without(std::optional<std::int64_t> const& part) const {
        if (endless - (part ? 0 : 1) != 0) return {};
        return sum - part.value_or(0);
    }
};

// What an equation leaves for one of its unknowns when the others are where they may be. True when
// that is less than before; what was summed up of the equation is then of no more use.
bool narrow(Equation const& equation, std::map<Unknown, Bounds>& bounds) {
    Total least, most;
    for (auto const& [unknown, sign] : equation.of) {
        Term const term{bounds[unknown], sign};
        least.add(term.least);
        most.add(term.most);
    }
    for (auto const& [unknown, sign] : equation.of) {
        auto& b = bounds[unknown];
        Term const term{b, sign};
        auto const others_least = least.without(term.least), others_most = most.without(term.most);
        auto const at_most = sign > 0 ? others_least : others_most;
        auto const at_least = sign > 0 ? others_most : others_least;
        auto const low = at_least ? std::max(b.low, sign * (equation.is - *at_least)) : b.low;
        auto high = b.high;
        if (at_most) {
            auto const end = sign * (equation.is - *at_most);
            high = high ? std::min(*high, end) : end;
        }
        if (low == b.low && high == b.high) continue;
        b = {low, high};
        return true;
    }
    return false;
}

}  // namespace

std::set<Unknown> told_by(std::vector<Equation> const& equations) {
    std::set<Unknown> told;
    for (auto const& [unknown, row] : reduced(equations)) {
        if (row.size() == 1) told.insert(unknown);
    }
    std::map<Unknown, Bounds> bounds;
    // Bounds of hidden cells move by whole steps; chains of them are as long as there are sums.
    for (std::size_t round = 0; round <= equations.size(); ++round) {
        auto changed = false;
        for (auto const& equation : equations) {
            for (std::size_t i = 0; i < equation.of.size() && narrow(equation, bounds); ++i)
                changed = true;
        }
        if (!changed) break;
    }
    for (auto const& [unknown, b] : bounds) {
        if (b.high && b.low >= *b.high) told.insert(unknown);
    }
    return told;
}

}  // namespace washup::report
