#include <algorithm>

#include "daemon/settings/draft.hpp"

// Who reports to others, and how.

namespace washup::settings {
namespace {

std::vector<std::string> const weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string short_words(config::Table& table, char const* key, Draft& draft) {
    auto const words = table.maybe_placed(key);
    if (!words) return {};
    check_words(*words, words_chars_max, draft.faults);
    return words->text;
}

void read_councils(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("council")) {
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        check_words(words, words_chars_max, draft.faults);
        core::CouncilConfig council{
            code.text, words.text, short_words(table, "official", draft), {}};
        draft.councils.give(code, draft.faults);
        for (auto const& alias : table.placed_list("aliases")) {
            draft.councils.give(alias, draft.faults);
            council.aliases.push_back(alias.text);
        }
        draft.settings.config.returns.councils.push_back(std::move(council));
    }
}

void read_organisation(config::Table& root, Draft& draft) {
    auto table = root.maybe_table("organisation");
    if (!table || !first_time(draft, root, "organisation")) return;
    auto& organisation = draft.settings.config.organisation;
    auto const code = table->placed("code");
    check_words(code, code_chars_max, draft.faults);
    organisation.code = code.text;
    auto const words = table->placed("words");
    check_words(words, words_chars_max, draft.faults);
    organisation.words = words.text;
    organisation.region = short_words(*table, "region", draft);
    organisation.integrated_care_board = short_words(*table, "integrated_care_board", draft);
    organisation.patient_ids = table->texts("patient_ids");
}

}  // namespace

void read_returns(config::Table root, Draft& draft) {
    read_councils(root, draft);
    read_organisation(root, draft);
    auto table = root.maybe_table("returns");
    if (!table || !first_time(draft, root, "returns")) return;
    auto& returns = draft.settings.config.returns;
    auto const day = table->one_of_or("snapshot_on", weekdays, "thu");
    auto const found = std::find(weekdays.begin(), weekdays.end(), day);
    if (found != weekdays.end())
        returns.snapshot_weekday = static_cast<std::uint32_t>(found - weekdays.begin() + 1);
    returns.bed_day_pence = table->integer_or("bed_day_pence", 0, 0, bed_day_pence_max);
}

}  // namespace washup::settings
