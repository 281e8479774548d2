#pragma once
// The words of the house as data: the outcome ladder, the reasons for a delay, where people go, and
// the code lists of other times and returns with the way from them to our reasons. Part of Config;
// config/vocab holds what is shipped. How words are matched: vocabulary.hpp.

#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// The London dates on which something is in force, both included; 0 = no bound on that side.
struct Period {
    Date from, until;
    static void describe(auto& self, auto&& field) {
        field(1, self.from);
        field(2, self.until);
    }
    bool holds(Date date) const {
        return (from.days == 0 || from <= date) && (until.days == 0 || date <= until);
    }
    friend bool operator==(Period const&, Period const&) = default;
};

enum class Band : std::uint32_t { home = 1, short_bed = 2, long_bed = 3, off_ladder = 4 };
char const* name_of(Band band);

struct LadderStep {
    Code code;
    std::string words, short_words;
    Band band = Band::home;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.short_words);
        field(4, self.band);
    }
    friend bool operator==(LadderStep const&, LadderStep const&) = default;
};

// A national reason (CP4), or a local one below it (night_sitting, whose `parent` is CP4).
struct ReasonConfig {
    Code code;
    std::string label;  // the published words
    std::string words;  // short, for the wall
    Code parent;        // of a local reason
    Code theme;
    Code holder;                       // default: whom the time belongs to
    Code family;                       // of the national list: capacity, interface, ...
    bool sensitive = false;            // never above family level on a wall
    std::vector<std::string> aliases;  // other spellings seen; matched after folding
    Period in_force;                   // when sources and people may say it
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.label);
        field(3, self.words);
        field(4, self.parent);
        field(5, self.theme);
        field(6, self.holder);
        field(7, self.family);
        field(8, self.sensitive);
        field(9, self.aliases);
        field(10, self.in_force);
    }
    friend bool operator==(ReasonConfig const&, ReasonConfig const&) = default;
};

struct NamedCode {
    Code code;
    std::string words;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
    }
    friend bool operator==(NamedCode const&, NamedCode const&) = default;
};

// Where somebody goes on leaving, as the national return counts it (domain.md 3.3). The first of
// `outcomes` is the step of the ladder that a ward's word proposes.
struct Destination {
    Code code;
    std::string label;  // the published words
    Code pathway;       // P0 to P3
    std::vector<Code> outcomes;
    std::vector<std::string> aliases;
    // For those alone who came from there; of two destinations of one outcome it tells which.
    std::vector<Code> usual_residences;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.label);
        field(3, self.pathway);
        field(4, self.outcomes);
        field(5, self.aliases);
        field(6, self.usual_residences);
    }
    friend bool operator==(Destination const&, Destination const&) = default;
};

// One code of a list that is not ours. The crosswalk: `reasons` are ours that it may mean, several
// when the old code was coarser. `holders` are whom its time may be attributed to.
struct ListedCode {
    Code code;
    std::string label;
    std::vector<Code> reasons, holders;
    std::vector<std::string> aliases;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.label);
        field(3, self.reasons);
        field(4, self.holders);
        field(5, self.aliases);
    }
    friend bool operator==(ListedCode const&, ListedCode const&) = default;
};

// DTOC A to I, the i to xviii before May 2024, mental health: of other times and other returns.
struct CodeList {
    Code code;  // "dtoc"
    std::string words;
    Period in_force;
    std::vector<ListedCode> entries;
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.in_force);
        field(4, self.entries);
    }
    friend bool operator==(CodeList const&, CodeList const&) = default;
};

}  // namespace washup::core
