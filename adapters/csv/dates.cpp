#include "adapters/csv/dates.hpp"

#include <array>
#include <optional>
#include <string>

namespace washup::csv {
namespace {

struct Day {
    int year = 0;
    unsigned month = 0, day = 0;
};

// Takes digits from the front; nothing when there are fewer than `least`.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most,
                               std::size_t* taken = nullptr) {
    int number = 0;
    std::size_t count = 0;
    while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') {
        number = number * 10 + (text[count++] - '0');
    }
    if (count < least) return std::nullopt;
    if (taken != nullptr) *taken = count;
    text.remove_prefix(count);
    return number;
}

bool take_sign(std::string_view& text, std::string_view allowed) {
    if (text.empty() || allowed.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_year(std::string_view& text, int two_digit_years_from) {
    std::size_t digits = 0;
    auto const number = take_number(text, 2, 4, &digits);
    if (!number || digits == 3) return std::nullopt;
    if (digits == 4) return *number;
    int const year = two_digit_years_from - two_digit_years_from % 100 + *number;
    return year < two_digit_years_from ? year + 100 : year;
}

std::optional<unsigned> take_month_name(std::string_view& text) {
    static constexpr std::array<std::string_view, 12> names{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    std::string word;
    for (char const c : text) {
        auto const low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (low < 'a' || low > 'z') break;
        word += low;
    }
    if (word.size() < 3) return std::nullopt;
    for (std::size_t i = 0; i < names.size(); ++i) {
        bool const sept = i == 8 && word == "sept";
        if (word != names[i] && word != names[i].substr(0, 3) && !sept) continue;
        text.remove_prefix(word.size());
        return static_cast<unsigned>(i + 1);
    }
    return std::nullopt;
}

// dd/mm/yyyy, dd-mm-yyyy, dd.mm.yyyy, dd-Mon-yy, dd Mon yyyy; leaves what follows in `text`.
std::optional<Day> take_day(std::string_view& text, int two_digit_years_from) {
    auto const day = take_number(text, 1, 2);
    if (!day || text.empty()) return std::nullopt;
    char const separator = text.front();
    if (!take_sign(text, "/-. ")) return std::nullopt;
    std::optional<unsigned> month = take_month_name(text);
    if (!month && separator != ' ') {
        if (auto const number = take_number(text, 1, 2)) month = static_cast<unsigned>(*number);
    }
    if (!month || !take_sign(text, std::string_view{&separator, 1})) return std::nullopt;
    auto const year = take_year(text, two_digit_years_from);
    if (!year) return std::nullopt;
    return Day{*year, *month, static_cast<unsigned>(*day)};
}

bool serial_number(std::string_view text) {
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    return whole.size() == 5 && text.find_first_not_of("1234567890.") == std::string_view::npos;
}

Result<Moment> with_time(Day const& day, std::string_view text) {
    if (!valid_date(day.year, day.month, day.day)) {
        return invalid("there is no such day; the day comes first: dd/mm/yyyy");
    }
    auto const date = make_date(day.year, day.month, day.day);
    while (take_sign(text, " ,")) {
    }
    if (text.empty()) return Moment{london_midnight(date), Precision::date};
    auto const hour = take_number(text, 1, 2);
    bool const colon = take_sign(text, ":");
    auto const minute = take_number(text, 2, 2);
    std::optional<int> second = 0;
    if (colon && minute && take_sign(text, ":")) second = take_number(text, 2, 2);
    if (!hour || !colon || !minute || !second || *hour > 23 || *minute > 59 || *second > 59 ||
        !text.empty()) {
        return invalid("the time of day is not hh:mm or hh:mm:ss");
    }
    return Moment{london_time(date, *hour, *minute, *second), Precision::minute};
}

}  // namespace

Result<Moment> parse_hub_moment(std::string_view text, int two_digit_years_from) {
    auto rest = text;
    if (auto const day = take_day(rest, two_digit_years_from)) {
        // "22/11/2026T09:14" is nobody's form; with_time refuses it.
        if (rest.empty() || rest.front() == ' ' || rest.front() == ',')
            return with_time(*day, rest);
    }
    if (text.size() >= 10 && text[4] == '-') {
        if (auto const moment = parse_moment(text)) return *moment;
    }
    if (serial_number(text)) {
        return invalid("a date as a serial number; format the column as a date and export again");
    }
    return invalid("not a date in a known form; write dd/mm/yyyy or dd/mm/yyyy hh:mm");
}

}  // namespace washup::csv
