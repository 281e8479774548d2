#include <fmt/format.h>

#include "daemon/core/vocabulary.hpp"
#include "daemon/settings/draft.hpp"
#include "proto/base/fold.hpp"

namespace washup::settings {
namespace {

void read_code_list(config::Table& root, char const* key, Codes& codes, Draft& draft) {
    for (auto const& code : root.placed_list(key)) codes.give(code, draft.faults);
}

void read_holders(config::Table& root, Draft& draft) {
    for (auto const& holder : root.placed_list("holders")) {
        draft.holders.give(holder, draft.faults);
        draft.settings.config.holders.push_back(holder.text);
    }
}

// What a published and a local reason have in common.
DraftReason read_reason(config::Table& table, Draft& draft) {
    DraftReason drafted;
    drafted.code = table.placed("code");
    drafted.label = table.placed("label");
    drafted.words = table.placed("words");
    drafted.aliases = table.placed_list("aliases");
    check_words(drafted.label, label_chars_max, draft.faults);
    check_words(drafted.words, wall_words_chars_max, draft.faults);
    for (auto const& alias : drafted.aliases) check_words(alias, label_chars_max, draft.faults);
    if (table.has("sensitive")) drafted.sensitive = table.truth_or("sensitive", false);
    auto& reason = drafted.reason;
    reason.in_force = read_period(table);
    reason.code = drafted.code.text;
    reason.label = drafted.label.text;
    reason.words = drafted.words.text;
    for (auto const& alias : drafted.aliases) reason.aliases.push_back(alias.text);
    draft.reasons.give(drafted.code, draft.faults);
    return drafted;
}

// "disputed" is what two claims are called, so no reason can begin with it.
void refer_holder(config::Placed const& holder, Draft& draft) {
    if (holder.text == "disputed")
        draft.faults.add(holder.at, "a reason cannot be disputed before anybody claims it");
    draft.holders.refer(holder);
}

void read_national(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("reason")) {
        auto drafted = read_reason(table, draft);
        auto const theme = table.placed("theme");
        auto const holder = table.placed("holder");
        auto const family = table.placed("family");
        drafted.reason.theme = theme.text;
        drafted.reason.holder = holder.text;
        drafted.reason.family = family.text;
        drafted.reason.sensitive = drafted.sensitive.value_or(false);
        draft.themes.refer(theme);
        draft.families.refer(family);
        refer_holder(holder, draft);
        draft.national.push_back(std::move(drafted));
    }
}

void read_local(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("local_reason")) {
        auto drafted = read_reason(table, draft);
        auto const parent = table.placed("parent");
        drafted.reason.parent = parent.text;
        draft.parents.refer(parent);
        if (auto const theme = table.maybe_placed("theme")) {
            drafted.reason.theme = theme->text;
            draft.themes.refer(*theme);
        }
        if (auto const holder = table.maybe_placed("holder")) {
            drafted.reason.holder = holder->text;
            refer_holder(*holder, draft);
        }
        draft.local.push_back(std::move(drafted));
    }
}

void read_ladder(config::Table& root, Draft& draft) {
    static std::vector<std::string> const bands{"home", "short_bed", "long_bed", "off_ladder"};
    auto& ladder = draft.settings.config.ladder;
    for (auto& table : root.tables("outcome")) {
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        auto const short_words = table.placed("short");
        auto const band = table.one_of("band", bands);
        check_words(words, words_chars_max, draft.faults);
        check_words(short_words, wall_words_chars_max, draft.faults);
        draft.outcomes.give(code, draft.faults);
        for (auto const& name : {code, words, short_words}) {
            draft.ladder_words.push_back(name);
            draft.ladder_codes.push_back(code.text);
        }
        core::LadderStep step{code.text, words.text, short_words.text, core::Band::home};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (bands[i] == band) step.band = static_cast<core::Band>(i + 1);
        }
        if (!band.empty() && !ladder.empty() && step.band < ladder.back().band) {
            table.fault("band",
                        "the ladder goes from home over short_bed to long_bed, then off_ladder",
                        fmt::format("`{}` stands below one of a later band", code.text));
        }
        ladder.push_back(std::move(step));
    }
}

// ---- when every file is read --------------------------------------------------------------------

// Folded words, with who means what by them.
class Meanings {
  public:
    Meanings(char const* kind, Draft& draft) : kind_(kind), draft_(draft) {}
    void add(std::string const& folded, std::string const& code, config::Placed const& where) {
        if (folded.empty() || !where.given()) return;
        auto const [first, added] = meanings_.emplace(folded, code);
        if (added || first->second == code) return;
        draft_.faults.add(
            where.at, fmt::format("\"{}\" already means {} {}", where.text, kind_, first->second),
            "capitals, dashes and blanks make no difference");
    }

  private:
    char const* kind_;
    Draft& draft_;
    std::map<std::string, std::string> meanings_;
};

void judge_spellings(Draft& draft) {
    Meanings meanings("reason", draft);
    for (auto const* list : {&draft.national, &draft.local}) {
        for (auto const& drafted : *list) {
            auto const& code = drafted.reason.code;
            meanings.add(fold(code), code, drafted.code);
            core::ReasonConfig label_alone;
            label_alone.label = drafted.label.text;
            for (auto const& text : core::spellings(label_alone))
                meanings.add(text, code, drafted.label);
            meanings.add(fold(drafted.words.text), code, drafted.words);
            for (auto const& alias : drafted.aliases) meanings.add(fold(alias.text), code, alias);
        }
    }
}

void judge_ladder_words(Draft& draft) {
    Meanings meanings("outcome", draft);
    for (std::size_t i = 0; i < draft.ladder_words.size(); ++i) {
        auto const& name = draft.ladder_words[i];
        if (!name.given()) continue;
        if (auto const band = core::match_outcome({}, name.text)) {
            draft.faults.add(name.at, fmt::format("\"{}\" means the band {}", name.text, *band),
                             "give the outcome words of its own");
            continue;
        }
        meanings.add(fold(name.text), draft.ladder_codes[i], name);
    }
}

// Sources name milestones by code or words, so none may mean two.
void judge_milestone_words(Draft& draft) {
    Meanings meanings("milestone", draft);
    for (std::size_t i = 0; i < draft.milestone_words.size(); ++i) {
        auto const& name = draft.milestone_words[i];
        meanings.add(fold(name.text), draft.milestone_codes[i], name);
    }
}

// What a local reason does not say is its parent's; what is sensitive stays so below.
void inherit(core::ReasonConfig& local, DraftReason const& drafted,
             core::ReasonConfig const& parent, Draft& draft) {
    if (local.theme.empty()) local.theme = parent.theme;
    if (local.holder.empty()) local.holder = parent.holder;
    local.family = parent.family;
    local.sensitive = drafted.sensitive.value_or(parent.sensitive);
    if (parent.sensitive && !local.sensitive) {
        draft.faults.add(drafted.code.at,
                         fmt::format("`{}` stands below {}, which is sensitive, and so is "
                                     "it",
                                     local.code, parent.code),
                         "take `sensitive = false` away");
    }
}

}  // namespace

void read_vocabulary(config::Table root, Draft& draft) {
    read_holders(root, draft);
    read_code_list(root, "families", draft.families, draft);
    read_national(root, draft);
    read_local(root, draft);
    read_ladder(root, draft);
}

void judge_vocabulary(Draft& draft) {
    auto& config = draft.settings.config;
    config::Faults told;  // a published code that is wrong or doubled is told already
    for (auto const& drafted : draft.national) {
        draft.parents.give(drafted.code, told);
        config.reasons.push_back(drafted.reason);
    }
    for (auto const& drafted : draft.local) {
        auto reason = drafted.reason;
        for (auto const& parent : draft.national) {
            if (parent.reason.code == reason.parent) inherit(reason, drafted, parent.reason, draft);
        }
        config.reasons.push_back(std::move(reason));
    }
    for (auto const* codes :
         {&draft.parents, &draft.themes, &draft.holders, &draft.families, &draft.outcomes})
        codes->judge(draft.faults);
    judge_spellings(draft);
    judge_ladder_words(draft);
    judge_milestone_words(draft);
}

}  // namespace washup::settings
