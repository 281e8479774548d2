#include "board/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace washup::board {
namespace {

template <std::size_t N>
std::string look_up(std::array<std::pair<std::string_view, std::string_view>, N> const& table,
                    std::string_view code) {
    for (auto const& [from, to] : table) {
        if (from == code) return std::string(to);
    }
    // A code this program does not know is shown as it is, readable.
    std::string words(code);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string(text);
}

bool is_upper_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c); });
}

// The second octet of a capital of Latin-1 or Latin Extended-A, as the small letter has it. Both
// stand in one block of UTF-8, so the first octet stays, but for the few that are left as they are.
unsigned char small_second(unsigned char first, unsigned char second) {
    if (first == 0xC3) {  // À to Þ, but for the sign of multiplication
        bool const capital = second >= 0x80 && second <= 0x9E && second != 0x97;
        return capital ? static_cast<unsigned char>(second + 0x20) : second;
    }
    bool even = false, odd = false;  // which code points of a stretch are the capitals
    if (first == 0xC4) {
        even = second <= 0xAE || (second >= 0xB2 && second <= 0xB6);
        odd = second >= 0xB9 && second <= 0xBD;
    } else if (first == 0xC5) {
        even = second >= 0x8A && second <= 0xB6;
        odd = (second >= 0x81 && second <= 0x87) || (second >= 0xB9 && second <= 0xBD);
    }
    bool const is_even = second % 2 == 0;
    return (is_even && even) || (!is_even && odd) ? static_cast<unsigned char>(second + 1) : second;
}

// "LLEWELLYN-JONES" is how feeds shout; people write "Llewellyn-Jones". Letters beyond Latin
// Extended-A are not touched; a name with lower case in it is left as given.
std::string spoken_case(std::string_view name) {
    std::string out(name);
    if (!is_upper_ascii(out)) return out;
    bool start = true;
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const u = static_cast<unsigned char>(out[i]);
        if (u >= 0x80) {
            if (!start && i + 1 < out.size() && u >= 0xC3 && u <= 0xC5) {
                ++i;
                out[i] = static_cast<char>(small_second(u, static_cast<unsigned char>(out[i])));
            }
            start = false;
        } else if (std::isalpha(u)) {
            if (!start) out[i] = static_cast<char>(std::tolower(u));
            start = false;
        } else {
            start = true;
        }
    }
    return out;
}

std::string band_of_step(LadderStep const& step) {
    return step.step == 0 ? "off_ladder" : step.band;
}

std::string side_words(Model const& model, Observed const& outcome) {
    if (!outcome.known()) return "unknown";
    return band_words(outcome_band(model, outcome.value));
}

}  // namespace

Instant deadline_instant(Moment const& deadline) {
    if (deadline.precision == Precision::minute) return deadline.at;
    return london_time(london_date(deadline.at), 17, 0);
}

std::string late_words(Instant deadline, Instant now) {
    int const days = london_date(now) - london_date(deadline);
    if (days > 0) return fmt::format("{} d late", days);
    std::int64_t const min = std::max<std::int64_t>((now - deadline).ms, 0) / 60'000;
    if (min >= 60) return fmt::format("{} h late", min / 60);
    return fmt::format("{} min late", min);
}

Due due_words(Moment const& deadline, Instant now) {
    Instant const at = deadline_instant(deadline);
    if (at <= now) return {DueKind::overdue, late_words(at, now)};
    int const days = london_date(at) - london_date(now);
    if (days == 0) {
        bool const end_of_day = deadline.precision == Precision::date;
        return {DueKind::today, end_of_day ? "today" : clock_time(at)};
    }
    // A weekday says which one only within the week.
    if (days < 7) return {DueKind::later, weekday_short(london_date(at))};
    return {DueKind::later, day_month(london_date(at))};
}

std::string moment_words(Moment const& moment, Instant now) {
    Date const date = london_date(moment.at);
    if (moment.precision == Precision::minute && date == london_date(now)) {
        return clock_time(moment.at);
    }
    return day_month(date);
}

std::string days_words(std::int64_t days) {
    return fmt::format("{} d", days);
}

std::string count_words(std::int64_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string holder_words(std::string_view holder) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> table{{
        {"", "unattributed"},
        {"nhs", "NHS"},
        {"social_care", "social care"},
    }};
    return look_up(table, holder);
}

// The daemon says how a clock ended; while it runs, the hour says how it stands.
std::string clock_state(StayClock const& clock, Instant now) {
    if (!clock.state.empty()) return clock.state;
    if (clock.due.ms != 0 && now > clock.due) return "breached";
    return clock.warn_at.ms != 0 && now >= clock.warn_at ? "warned" : "running";
}

std::string band_words(std::string_view band) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> table{{
        {"", "unknown"},
        {"home", "home"},
        {"short_bed", "short bed"},
        {"long_bed", "long bed"},
        {"off_ladder", "off ladder"},
    }};
    return look_up(table, band);
}

LadderStep const* ladder_step(Model const& model, std::string_view code) {
    for (auto const& [id, step] : model.ladder) {
        if (step.code == code) return &step;
    }
    return nullptr;
}

std::string outcome_band(Model const& model, std::string_view code) {
    if (LadderStep const* step = ladder_step(model, code)) return band_of_step(*step);
    for (auto const& [id, step] : model.ladder) {
        if (step.band == code) return step.band;
    }
    return std::string(code);
}

std::string outcome_words(Model const& model, Observed const& outcome) {
    if (!outcome.known()) return "unknown";
    if (LadderStep const* step = ladder_step(model, outcome.value)) {
        return step->short_words.empty() ? step->words : step->short_words;
    }
    return band_words(outcome.value);
}

std::string outcome_pair_words(Model const& model, Stay const& stay) {
    if (!stay.ideal_outcome.known() && !stay.expected_outcome.known()) return "unknown";
    if (stay.gap.off_ladder) {
        Observed const& one =
            stay.expected_outcome.known() ? stay.expected_outcome : stay.ideal_outcome;
        return outcome_words(model, one);
    }
    if (!stay.gap.known) {
        return side_words(model, stay.ideal_outcome) + " → " +
               side_words(model, stay.expected_outcome);
    }
    if (stay.gap.at_least && stay.gap.steps > 0) {
        return "at least " + count_words(stay.gap.steps, "step", "steps");
    }
    if (stay.gap.steps <= 0) return "on track";
    std::string const from = side_words(model, stay.ideal_outcome);
    std::string const to = side_words(model, stay.expected_outcome);
    if (from == to) return from + ", " + count_words(stay.gap.steps, "step", "steps");
    return from + " → " + to;
}

std::string name_words(std::string_view name) {
    auto const comma = name.find(',');
    if (comma == std::string_view::npos) return spoken_case(trimmed(name));
    std::string const family = spoken_case(trimmed(name.substr(0, comma)));
    std::string given = trimmed(name.substr(comma + 1));
    // The first given name is what people are called by.
    if (auto const blank = given.find(' '); blank != std::string::npos) given.resize(blank);
    if (given.empty()) return family;
    return spoken_case(given) + " " + family;
}

std::string initials_words(Stay const& stay) {
    if (stay.initials == "erased") return "erased person";
    std::string out;
    std::string_view const text = stay.initials;
    for (std::size_t i = 0; i < text.size();) {
        auto const lead = static_cast<unsigned char>(text[i]);
        std::size_t const size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead >= 0x80 || std::isalpha(lead)) {
            if (!out.empty()) out += ' ';
            out += text.substr(i, size);
            out += '.';
        }
        i += size;
    }
    return out.empty() ? "?" : out;
}

std::string person_words(Stay const& stay, int tier) {
    if (tier < 2 || !stay.name.known() || stay.name.value.empty()) return initials_words(stay);
    return name_words(stay.name.value);
}

std::string ward_words(Stay const& stay) {
    if (!stay.ward.known()) return {};
    return stay.ward_words.empty() ? stay.ward.value : stay.ward_words;
}

std::string place_words(Stay const& stay) {
    std::string const ward = ward_words(stay);
    if (ward.empty()) return "ward unknown";
    if (!stay.bed.known() || stay.bed.value.empty()) return ward;
    return ward + " " + stay.bed.value;
}

std::string theme_words(Model const& model, std::string_view theme) {
    for (auto const& [code, reason] : model.reasons) {
        if (reason.theme == theme && !reason.theme_words.empty()) return reason.theme_words;
    }
    return {};
}

std::string team_words(Model const& model, std::string_view code) {
    auto const it = model.teams.find(code);
    if (it == model.teams.end() || it->second.words.empty()) return std::string(code);
    return it->second.words;
}

std::string ending_words(std::string_view how) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> table{{
        {"discharged", "discharged"},
        {"died", "died"},
        {"self_discharge", "self-discharge"},
        {"transferred", "other hospital"},
        {"left_without_notice", "left"},
        {"recorded_in_error", "in error"},
    }};
    return look_up(table, how);
}

}  // namespace washup::board
