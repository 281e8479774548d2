#include "tests/support/board_models.hpp"

#include <array>
#include <utility>

namespace washup::tests {

using namespace washup::board;

Instant board_now() {
    return london_time(make_date(2026, 11, 23), 9, 14, 7);
}

Observed known(std::string value, std::string source) {
    Observed out;
    out.state = ValueState::known;
    out.value = std::move(value);
    out.observed_at = out.confirmed_at = board_now() - minutes(5);
    out.source = std::move(source);
    return out;
}

Observed on_date(int month, unsigned day, std::string source) {
    Observed out = known("", std::move(source));
    out.moment = Moment{london_midnight(make_date(2026, static_cast<unsigned>(month), day)),
                        Precision::date};
    return out;
}

namespace {

constexpr std::array<std::array<char const*, 3>, 9> ladder_steps{{
    {"own_home", "own home", "home"},
    {"usual_as_before", "as before", "home"},
    {"home_reablement", "reablement", "home"},
    {"home_more_care", "more care", "home"},
    {"extra_care", "extra care", "home"},
    {"rehab_bed", "rehab bed", "short_bed"},
    {"short_care_home", "short care home", "short_bed"},
    {"residential", "residential", "long_bed"},
    {"nursing", "nursing", "long_bed"},
}};

Moment at(unsigned day, int hour, int minute) {
    return {london_time(make_date(2026, 11, day), hour, minute), Precision::minute};
}
Moment date(unsigned day) {
    return {london_midnight(make_date(2026, 11, day)), Precision::date};
}

void add_reason(Model& model, std::string code, std::string words, std::string theme,
                std::string theme_words, std::string holder) {
    Reason reason;
    reason.code = code;
    reason.label = words;
    reason.words = std::move(words);
    reason.theme = std::move(theme);
    reason.theme_words = std::move(theme_words);
    reason.holder = std::move(holder);
    model.reasons[std::move(code)] = std::move(reason);
}

void add_vocabulary(Model& model) {
    add_reason(model, "CP4", "Home care", "home_care", "home care, reablement", "social_care");
    add_reason(model, "CP2", "Care-home place", "care_home", "care-home place", "social_care");
    add_reason(model, "night_sitting", "Night sitting", "night_sitting", "night sitting",
               "social_care");
    add_reason(model, "TH1", "Assessment", "assessment", "assessment, therapy", "both");
    add_reason(model, "CP5", "Equipment", "equipment", "equipment, adaptations", "both");
    add_reason(model, "IF8", "Choice", "choice", "choice", "choice");
    add_reason(model, "IF9", "Housing", "housing", "housing", "housing");
    add_reason(model, "HP3", "Medicines", "ward_process", "ward process", "nhs");
    add_reason(model, "WB2", "Capacity", "capacity", "capacity, safeguarding", "both");
}

void add_tally(Model& model, std::string reason, std::string theme, std::int64_t days,
               std::int64_t people) {
    Tally tally;
    tally.scope = "all";
    tally.window = "28";
    tally.reason = reason;
    tally.theme = std::move(theme);
    tally.bed_days = days;
    tally.people = people;
    model.tallies["all/28/" + reason] = std::move(tally);
}

void add_figures(Model& model) {
    add_tally(model, "CP4", "home_care", 142, 11);
    add_tally(model, "CP2", "care_home", 97, 8);
    add_tally(model, "night_sitting", "night_sitting", 61, 5);
    add_tally(model, "TH1", "assessment", 44, 9);
    add_tally(model, "CP5", "equipment", 29, 6);
    add_tally(model, "IF8", "choice", 22, 4);
    add_tally(model, "", "", 18, 7);
    add_tally(model, "HP3", "ward_process", 7, 4);
    add_tally(model, "IF9", "housing", 4, 2);
    Headline headline;
    headline.scope = "all";
    headline.ready_still_here = 47;
    headline.bed_days_now = 214;
    headline.bed_days_today = 41;
    headline.bed_days_7 = 106;
    headline.bed_days_prior_7 = 94;
    headline.bed_days_28 = 424;
    headline.bed_days_91 = 1290;
    headline.on_track = 14;
    headline.on_track_known = 23;
    headline.on_track_of = 27;
    headline.ideal_reached = 18;
    headline.ideal_known = 25;
    headline.ideal_of = 31;
    headline.today = "2026-11-23";
    model.headlines["all"] = std::move(headline);
}

void add_source(Model& model, std::string name, std::string words, Duration age, Duration every) {
    Source source;
    source.name = name;
    source.words = std::move(words);
    source.last_heard = board_now() - age;
    source.expected_within = every;
    source.configured = true;
    model.sources[std::move(name)] = std::move(source);
}

// A row in one line: what it waits for, what is to be done, by whom, by when.
struct Line {
    char const *id, *name, *initials, *ward, *bed;
    int days;
    unsigned ready_day;  // of November; 0 = not ready
    std::uint32_t ideal, expected;
    char const *reason, *words, *theme, *holder;
    int held;
    char const *action, *owner, *role;
};

Stay stay_of(Line const& line) {
    Stay stay = a_stay(line.id, line.initials, line.ward, line.bed);
    stay.name = known(line.name);
    stay.days_lost = line.days;
    if (line.ready_day != 0) stay.discharge_ready = on_date(11, line.ready_day);
    set_outcomes(stay, line.ideal, line.expected);
    if (line.words[0] != '\0') {
        stay.blockers.push_back(
            a_blocker(line.reason, line.words, line.theme, line.holder, line.held));
    }
    return stay;
}

Stay stay_of(Line const& line, Moment deadline) {
    Stay stay = stay_of(line);
    stay.actions.push_back(an_action(line.action, line.owner, line.role, deadline));
    return stay;
}

void put(Model& model, Stay stay) {
    // The feed of a low tier carries neither name nor action text; nor do these.
    if (model.tier < 2) {
        stay.name = {};
        for (Action& action : stay.actions) {
            action.text.clear();
            action.owner.clear();
            action.owner_words.clear();
        }
    }
    std::string id = stay.id;
    model.stays[std::move(id)] = std::move(stay);
}

}  // namespace

void set_outcomes(Stay& stay, std::uint32_t ideal, std::uint32_t expected) {
    auto const band = [](std::uint32_t step) { return step <= 5 ? 1 : step <= 7 ? 2 : 3; };
    if (ideal != 0) stay.ideal_outcome = known(ladder_steps[ideal - 1][0], "csv-hub");
    if (expected != 0) stay.expected_outcome = known(ladder_steps[expected - 1][0], "csv-hub");
    stay.gap.ideal_step = ideal;
    stay.gap.expected_step = expected;
    stay.gap.known = ideal != 0 && expected != 0;
    if (!stay.gap.known) return;
    stay.gap.steps = static_cast<std::int32_t>(expected) - static_cast<std::int32_t>(ideal);
    stay.gap.bands = band(expected) - band(ideal);
}

Stay a_stay(std::string id, std::string initials, std::string ward, std::string bed) {
    Stay stay;
    stay.id = std::move(id);
    stay.initials = std::move(initials);
    stay.site = known("QEQM");
    stay.ward = known(std::move(ward));
    stay.bed = known(std::move(bed));
    stay.team = known("margate", "csv-hub");
    stay.admitted_at = on_date(11, 1);
    return stay;
}

Blocker a_blocker(std::string reason, std::string words, std::string theme, std::string holder,
                  int days) {
    Blocker blocker;
    blocker.number = 1;
    blocker.reason = std::move(reason);
    blocker.words = std::move(words);
    blocker.theme = std::move(theme);
    blocker.holder = std::move(holder);
    blocker.holds_clock = true;
    blocker.days_held = days;
    blocker.opened = date(10);
    return blocker;
}

Action an_action(std::string text, std::string owner, std::string role, Moment deadline) {
    Action action;
    action.number = 1;
    action.text = std::move(text);
    action.owner = "staff";
    action.owner_words = std::move(owner);
    action.owner_role = std::move(role);
    action.deadline = deadline;
    action.state = "open";
    return action;
}

Model empty_board(int tier) {
    Model model;
    model.tier = tier;
    model.complete = true;
    model.head = 4711;
    model.site_words = "QEQM";
    model.link.phase = LinkPhase::following;
    model.link.heard_steady_ms = steady_now_ms - 300;
    model.link.daemon_time = board_now();
    for (std::uint32_t i = 0; i < ladder_steps.size(); ++i) {
        auto const& step = ladder_steps[i];
        model.ladder[step[0]] = {i + 1, step[0], step[1], step[1], step[2]};
    }
    model.ladder["end_of_life"] = {0, "end_of_life", "end of life care", "end of life", ""};
    model.teams["margate"] = {"margate", "Margate team", "east", "QEQM",
                              london_time(make_date(2026, 11, 24), 9, 0)};
    model.teams["thanet"] = {"thanet", "Thanet team", "east", "QEQM",
                             london_time(make_date(2026, 11, 24), 9, 0)};
    add_vocabulary(model);
    add_source(model, "hl7-ward", "ward", seconds(4), minutes(15));
    add_source(model, "csv-hub", "hub", minutes(2), minutes(60));
    Headline nothing;
    nothing.scope = "all";
    model.headlines["all"] = nothing;
    return model;
}

Model one_person_board(int tier) {
    Model model = empty_board(tier);
    put(model, stay_of({"1", "BELLAMY, Ines", "IB", "Kent", "C7", 2, 21, 0, 8, "", "", "", "", 0,
                        "", "", ""}));
    add_figures(model);
    return model;
}

Model many_people_board(int tier) {
    Model model = empty_board(tier);
    add_figures(model);
    Stay first = stay_of(
        {"1", "ASHDOWN, Edith", "EA", "Ford", "C1", 12, 11, 1, 8, "night_sitting", "Night sitting",
         "night_sitting", "social_care", 6, "HART bridging", "J. Malik", "Social worker"},
        date(21));
    first.blockers.push_back(a_blocker("CP5", "Equipment", "equipment", "both", 2));
    first.blockers.back().number = 2;
    first.blockers.back().holds_clock = false;
    put(model, first);
    put(model, stay_of({"2", "GREGSON, Ivy", "IG", "Kent", "C7", 2, 21, 0, 8, "", "", "", "", 0, "",
                        "", ""}));
    put(model, stay_of({"3", "CARTER, Olwen", "OC", "Kent", "B4", 9, 14, 2, 6, "CP5", "Equipment",
                        "equipment", "nhs", 3, "Hoist date", "P. Osei", "Therapist"},
                       date(23)));
    Stay moved = stay_of({"4", "DUNMORE, Frank", "FD", "Kent", "A2", 7, 16, 1, 6, "IF8", "Choice",
                          "choice", "choice", 5, "Meet daughter", "R. Lund", "Social worker"},
                         at(23, 14, 0));
    moved.actions[0].moved = 2;
    put(model, moved);
    Stay bed_clash = stay_of({"5", "HOLT, June", "JH", "Dover", "2", 1, 22, 2, 2, "HP3",
                              "Transport", "ward_process", "nhs", 1, "Booked", "Hub", "Hub"},
                             at(23, 15, 30));
    bed_clash.marks = {"bed clash"};
    put(model, bed_clash);
    put(model,
        stay_of({"6", "EMBERTON, Grace", "GE", "Dover", "6", 6, 17, 3, 3, "CP4", "Home care",
                 "home_care", "social_care", 6, "Zone 4 provider", "J. Malik", "Social worker"},
                date(27)));
    for (int i = 0; i < 16; ++i) {
        std::string const n = std::to_string(i + 1);
        Stay stay = a_stay("r" + n, "QX", "Ford", "D" + n);
        set_outcomes(stay, 1, 1);
        stay.expected_discharge = on_date(11, 26);
        put(model, stay);
    }
    return model;
}

Model overflow_board(int tier) {
    Model model = many_people_board(tier);
    for (int i = 0; i < 24; ++i) {
        std::string const n = std::to_string(i + 1);
        std::string const initials = std::string(1, static_cast<char>('A' + i)) + "Y";
        put(model,
            stay_of({("o" + n).c_str(), "PLACEHOLDER, Ann", initials.c_str(), "Sandwich", n.c_str(),
                     30 - i, 1, 1, static_cast<std::uint32_t>(4 + i % 6), "CP2", "Care-home place",
                     "care_home", "social_care", 8, "Ask two homes", "P. Osei", "Social worker"},
                    date(static_cast<unsigned>(3 + i % 18))));
    }
    return model;
}

Model longest_names_board(int tier) {
    Model model = empty_board(tier);
    model.site_words = "Queen Elizabeth The Queen Mother";
    add_figures(model);
    add_source(model, "csv-equipment", "equipment store", hours(3), hours(24));
    add_source(model, "hl7-therapy", "therapy", seconds(48), minutes(60));
    Stay stay =
        stay_of({"1", "LLEWELLYN-FEATHERSTONEHAUGH, Gwenllian Angharad", "GL",
                 "Cardiothoracic High Dependency Unit 4B", "Bay 12 Bed 3", 128, 2, 0, 8, "WB2",
                 "Mental capacity assessment, deprivation of liberty", "capacity", "social_care",
                 104, "Ask the area manager for two waking night sits a week from Thursday",
                 "Bartholomew Oyelaran-Whitfield", "Senior hospital social work practitioner"},
                date(3));
    stay.actions[0].moved = 11;
    stay.marks = {"ward says discharged"};
    put(model, stay);
    Stay two = stay_of({"2", "ŴYN-PRYTHERCH, Siân", "ŴS", "Stroke rehabilitation (east wing)", "14",
                        41, 3, 6, 7, "CP5", "Equipment and adaptations", "equipment", "disputed",
                        38, "Ceiling hoist, then a second visit by the therapist", "Hub",
                        "Community occupational therapist"},
                       at(23, 17, 30));
    two.expected_outcome.state = ValueState::disagreement;
    two.expected_outcome.other = "own_home";
    put(model, two);
    Stay three = stay_of({"3", "O'BRIEN-MONTGOMERY, Maximilian", "MO", "Queen Anne Ward", "C10", 21,
                          4, 5, 9, "", "", "", "", 0, "", "", ""});
    three.gap.at_least = true;
    three.expected_outcome = known("long_bed", "csv-hub");
    three.gap.expected_step = 8;
    three.gap.steps = 3;
    put(model, three);
    Stay four = stay_of({"4", "DE LA FONTAINE, Marguerite", "MD", "Acute Medical Unit", "22", 19, 4,
                         1, 0, "CP4", "Home care start", "home_care", "social_care", 19,
                         "Provider call", "Wilhelmina Fortescue", "Discharge coordinator"},
                        date(24));
    four.discharge_ready.state = ValueState::disagreement;
    four.discharge_ready.other = "2026-11-06";
    four.actions.push_back(four.actions[0]);
    put(model, four);
    return model;
}

Model after_the_wash_up_board(int tier) {
    Model model = many_people_board(tier);
    auto const gone = [&](char const* id, int minute) -> Stay& {
        Stay& stay = model.stays.at(id);
        stay.ended = known("discharged");
        stay.ended.moment = at(23, 9, minute);
        return stay;
    };
    gone("1", 3).actual_outcome = known("home_reablement", "csv-hub");
    gone("3", 6).proposed_outcome = known("rehab_bed");
    gone("5", 11);
    return model;
}

Model silent_source_board(int tier) {
    Model model = many_people_board(tier);
    model.sources["csv-hub"].last_heard = board_now() - hours(3) - minutes(4);
    return model;
}

Model stale_board(int tier) {
    Model model = many_people_board(tier);
    model.link.heard_steady_ms = steady_now_ms - 5'000;
    model.link.daemon_time = board_now() - seconds(5);
    return model;
}

Model lost_board(int tier) {
    Model model = many_people_board(tier);
    model.link.heard_steady_ms = steady_now_ms - 600'000;
    model.link.daemon_time = board_now() - seconds(600);
    return model;
}

Model never_connected_board() {
    Model model;
    model.tier = 1;
    return model;
}

}  // namespace washup::tests
