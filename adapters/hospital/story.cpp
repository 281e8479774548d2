#include "adapters/hospital/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/hospital/chances.hpp"

namespace washup::hospital {
namespace {

constexpr std::array<char const*, 6> specialties = {"300", "430", "340", "320", "110", "301"};
constexpr std::array<char const*, 6> consultants = {"C101^Varley^Ruth",   "C102^Ogunlesi^Tunde",
                                                    "C103^Haldane^Moira", "C104^Sethi^Anil",
                                                    "C105^Prosser^Gwyn",  "C106^Marchetti^Elena"};

// Draws and writes one story; kept apart from Story so that the parts below share the same hands.
class Telling {
  public:
    Telling(StoryTeller& teller, Person const& person, int pathway, Instant admitted)
        : chance_(teller.chance),
          staff_(teller.staff),
          references_(teller.references),
          person_(person),
          admitted_(admitted) {
        story_.pathway = pathway;
    }
    Story tell();

  private:
    Instant at_hour(Date day, int low, int high) {
        return london_time(day, static_cast<int>(chance_.between(low, high)),
                           static_cast<int>(chance_.between(0, 59)));
    }
    void step(Instant at, StepKind kind, Date date = {}, std::size_t index = 0,
              std::string words = {}) {
        story_.steps.push_back({at, kind, date, index, std::move(words)});
    }
    std::string reference(char const* prefix) { return fmt::format("{}{}", prefix, ++references_); }
    StaffMember const& owner() { return staff_[chance_.below(staff_.size())]; }

    void arrival();
    void moves(Instant until);
    bool ends_early(Instant ready);
    void dates(Instant ready, Instant leave);
    void list(Instant ready, Instant leave);
    void waits(Instant ready, Instant leave);
    void relapse(Instant ready, Instant leave);
    void blocker(Instant opened, Instant closed);
    Instant action(PlannedBlocker const& blocker, Instant from);
    void leaving(Instant leave);
    void destination(std::string const& actual);

    Prng& chance_;
    std::vector<StaffMember> const& staff_;
    std::uint32_t& references_;
    Person const& person_;
    Instant admitted_;
    Story story_;
};

void Telling::arrival() {
    bool const elective = story_.pathway == 0 && chance_.chance(200);
    story_.admission_method = elective ? "11" : chance_.chance(850) ? "21" : "22";
    story_.specialty = specialties[chance_.below(specialties.size())];
    story_.consultant = consultants[chance_.below(consultants.size())];
    bool const care_home =
        person_.usual_residence.ends_with("home") && person_.usual_residence != "Own home";
    story_.admission_source = care_home ? "85" : "19";
    step(admitted_, StepKind::admit);
    if (person_.nhs_number.empty() && chance_.chance(250)) {
        story_.merges = true;
        step(admitted_ + minutes(chance_.between(300, 1500)), StepKind::merge);
    }
}

void Telling::moves(Instant until) {
    auto at = admitted_ + minutes(chance_.between(400, 2400));
    for (int count = 0;
         count < 3 && at + hours(3) < until && chance_.chance(count == 0 ? 560 : 180); ++count) {
        step(at, StepKind::move);
        if (chance_.chance(30)) {
            step(at + minutes(chance_.between(10, 90)), StepKind::take_back_move);
        }
        at = at + minutes(chance_.between(1500, 7000));
    }
}

// Died, left against advice, went to another hospital, or was never really admitted.
bool Telling::ends_early(Instant ready) {
    auto const draw = chance_.below(1000);
    auto const span = ready - admitted_;
    auto const when = admitted_ + Duration{span.ms * chance_.between(200, 900) / 1000};
    if (draw < 4) {
        step(admitted_ + minutes(chance_.between(10, 120)), StepKind::cancel_admit);
        return true;
    }
    if (draw < 28) {
        story_.dies = true;
        story_.discharge_method = "4";
        story_.destination = "79";
    } else if (draw < 35) {
        story_.discharge_method = "6";
    } else if (draw < 46) {
        story_.destination = "51";
    } else {
        return false;
    }
    moves(when);
    step(when, StepKind::leave);
    return true;
}

void Telling::dates(Instant ready, Instant leave) {
    if (chance_.chance(900)) {
        // A plan made early is a guess; it is put right near the day.
        auto const slip = static_cast<int>(chance_.between(-2, 1));
        auto const set = admitted_ + minutes(chance_.between(180, 2600));
        auto const planned = std::max(london_date(ready) + slip, london_date(set));
        if (set < ready) step(set, StepKind::expect, planned);
        auto const again = ready - hours(chance_.between(8, 40));
        if (again > set && london_date(leave) != planned) {
            step(again, StepKind::expect, london_date(ready));
        }
    }
    auto const optimised = ready - hours(chance_.between(1, 30));
    if (optimised > admitted_ + hours(2) && (story_.on_list || chance_.chance(400))) {
        step(optimised, StepKind::optimise);
    }
    step(ready, StepKind::ready, london_date(ready));
}

void Telling::list(Instant ready, Instant leave) {
    auto const until_ready = ready - admitted_;
    auto const referred = admitted_ + Duration{until_ready.ms * chance_.between(80, 520) / 1000};
    story_.case_worker = owner().id;
    step(referred, StepKind::refer);
    step(referred + minutes(chance_.between(5, 60)), StepKind::milestone, {}, 0,
         "Referral received");
    if (chance_.chance(700)) {
        step(referred + minutes(chance_.between(40, 240)), StepKind::milestone, {}, 0,
             "Screened on the ward");
    }
    auto const outcomes = draw_outcomes(chance_, story_.pathway, person_.usual_residence);
    // What is not yet known at the referral comes later, and some of it never.
    bool const known_late = chance_.chance(180), never = chance_.chance(40);
    if (!never) {
        story_.outcomes.push_back({outcomes.ideal, known_late ? "" : outcomes.expected, {}});
        step(referred + minutes(10), StepKind::outcomes, {}, story_.outcomes.size() - 1);
    }
    if (known_late || outcomes.expected != outcomes.actual) {
        auto const revised =
            referred + Duration{(leave - referred).ms * chance_.between(300, 900) / 1000};
        story_.outcomes.push_back({{}, outcomes.actual, {}});
        step(revised, StepKind::outcomes, {}, story_.outcomes.size() - 1);
    }
    if (chance_.chance(820)) {
        story_.outcomes.push_back({{}, {}, outcomes.actual});
        step(leave + minutes(chance_.between(30, 1800)), StepKind::outcomes, {},
             story_.outcomes.size() - 1);
    }
    for (auto day = london_date(referred); day < london_date(leave); day = next_working_day(day)) {
        auto const at = london_time(day, 10, static_cast<int>(chance_.between(0, 59)));
        if (at > referred && chance_.chance(300)) {
            step(at, StepKind::review, next_working_day(day) + (chance_.chance(250) ? 1 : 0));
        }
    }
    destination(outcomes.actual);
}

void Telling::destination(std::string const& actual) {
    if (actual == "Rehabilitation bed") story_.destination = "RB";
    if (actual == "Short-term care home") story_.destination = "85";
    if (actual == "Residential care") story_.destination = "65";
    if (actual == "Nursing care") story_.destination = "54";
    if (actual == "Hospice") story_.destination = "88";
}

// One action for a blocker, agreed soon after `from`; gives the time when somebody looks again.
Instant Telling::action(PlannedBlocker const& blocker, Instant from) {
    PlannedAction action;
    action.agreed = from + minutes(chance_.between(20, 300));
    if (action.agreed >= blocker.closed) return blocker.closed;
    action.reference = reference("A");
    action.text = draw_action(chance_, blocker.reason);
    action.owner = owner().id;
    action.blocker_reason = blocker.reason;
    auto const day =
        next_working_day(london_date(action.agreed)) + static_cast<int>(chance_.below(4));
    action.deadline = chance_.chance(600) ? Moment{london_midnight(day), Precision::date}
                                          : Moment{london_time(day, 12, 0), Precision::minute};
    auto const due = london_time(day, 17, 0);
    if (chance_.chance(800)) {
        auto const room = std::max((due - action.agreed).ms, hours(1).ms);
        action.ended = action.agreed + Duration{room * chance_.between(300, 980) / 1000};
    } else {
        // Late: it stands overdue on the board until somebody looks.
        action.ended = due + hours(chance_.between(2, 44));
    }
    action.end_state = chance_.chance(900) ? "Done" : "Not done because";
    if (action.end_state != "Done") action.why = "nobody there to ask";
    // What a blocker asked for is over when the blocker is.
    action.ended = std::min(action.ended, blocker.closed + hours(1));
    if (chance_.chance(20)) action.owner = chance_.chance(300) ? "" : "Jo from brokerage";
    if (chance_.chance(8)) action.deadline.reset();
    story_.actions.push_back(action);
    auto const index = story_.actions.size() - 1;
    step(action.agreed, StepKind::give_action, {}, index);
    step(action.ended, StepKind::end_action, {}, index);
    return action.ended;
}

void Telling::blocker(Instant opened, Instant closed) {
    PlannedBlocker blocker;
    blocker.reference = reference("B");
    blocker.reason = draw_reason(chance_, story_.pathway).code;
    blocker.local_reason = draw_local_reason(chance_, blocker.reason);
    if (chance_.chance(80)) blocker.holder = chance_.chance(700) ? "Both" : "disputed";
    blocker.opened = opened;
    blocker.closed = closed;
    blocker.closed_why = "solved";
    story_.blockers.push_back(blocker);
    auto const index = story_.blockers.size() - 1;
    step(opened, StepKind::open_blocker, {}, index);
    step(closed, StepKind::close_blocker, {}, index);
    // While it stands, one action follows another; now and then nobody has thought of the next.
    auto from = opened;
    for (int count = 0; from < closed && chance_.chance(count == 0 ? 880 : 930); ++count) {
        from = action(blocker, from);
    }
}

// What a delayed person waits for: one to three blockers that follow one another, now and then two
// at once, and for some nobody has said.
void Telling::waits(Instant ready, Instant leave) {
    if (chance_.chance(70)) return;
    auto const delay = leave - ready;
    auto const count = delay < hours(60)    ? 1
                       : delay < hours(240) ? chance_.between(1, 2)
                                            : chance_.between(2, 3);
    auto const before = chance_.chance(300) ? hours(chance_.between(2, 40)) : hours(0);
    auto opened = std::max(ready - before, admitted_ + hours(1));
    for (std::int64_t i = 0; i < count; ++i) {
        auto const closed = i + 1 == count ? leave - minutes(chance_.between(30, 300))
                                           : ready + Duration{delay.ms * (i + 1) / count};
        if (closed <= opened) continue;
        blocker(opened, closed);
        opened = closed + minutes(chance_.between(10, 240));
    }
    if (chance_.chance(120) && delay > hours(30)) {
        blocker(ready + hours(3), leave - hours(2));
    }
}

void Telling::relapse(Instant ready, Instant leave) {
    auto const delay = leave - ready;
    if (delay < hours(96) || !chance_.chance(80)) return;
    auto const worse = ready + Duration{delay.ms / 3};
    auto const again = worse + hours(chance_.between(18, 50));
    if (again + hours(12) >= leave) return;
    step(worse, StepKind::not_ready);
    step(again, StepKind::ready, london_date(again));
}

void Telling::leaving(Instant leave) {
    if (chance_.chance(450)) {
        step(leave - minutes(chance_.between(600, 1300)), StepKind::pending_leave,
             london_date(leave));
    }
    for (auto const* const name : {"Medicines ready", "Transport booked", "Care start agreed"}) {
        bool const care = std::string_view{name} == "Care start agreed";
        if (!story_.on_list || (care && story_.pathway == 0) || !chance_.chance(750)) continue;
        step(leave - minutes(chance_.between(60, 900)), StepKind::milestone, {}, 0, name);
    }
    auto gone = leave;
    step(leave, StepKind::leave);
    if (chance_.chance(12)) {
        step(leave + minutes(chance_.between(20, 150)), StepKind::take_back_leave);
        gone = at_hour(london_date(leave) + 1, 10, 15);
        step(gone, StepKind::leave);
    }
    // With care at home somebody comes: most within a day, some late, a few nobody writes down.
    if (story_.on_list && story_.pathway == 1 && chance_.chance(940))
        step(gone + minutes(chance_.chance(900) ? chance_.between(120, 1380)
                                                : chance_.between(1500, 2800)),
             StepKind::milestone, {}, 0, "First visit done");
}

Story Telling::tell() {
    arrival();
    auto const raw = admitted_ + hours(draw_hours_until_ready(chance_, story_.pathway));
    auto ready = at_hour(london_date(raw), 8, 13);
    if (ready < admitted_ + hours(5)) ready = admitted_ + hours(5);
    bool const delayed = draw_delayed(chance_, story_.pathway);
    story_.on_list = story_.pathway > 0 || (delayed ? chance_.chance(700) : chance_.chance(40));
    if (!ends_early(ready)) {
        auto const days = delayed ? draw_delay_days(chance_, story_.pathway) : 0;
        auto leave = at_hour(london_date(ready) + days, 11, 19);
        if (leave < ready + minutes(90)) leave = ready + minutes(chance_.between(90, 260));
        moves(ready);
        dates(ready, leave);
        if (story_.on_list) list(ready, leave);
        if (delayed) {
            waits(ready, leave);
            relapse(ready, leave);
        }
        leaving(leave);
    }
    std::stable_sort(story_.steps.begin(), story_.steps.end(),
                     [](Step const& a, Step const& b) { return a.at < b.at; });
    return std::move(story_);
}

}  // namespace

Story StoryTeller::tell(Person const& person, int pathway, Instant admitted) {
    return Telling(*this, person, pathway, admitted).tell();
}

Date next_working_day(Date day) {
    do {
        day = day + 1;
    } while (weekday(day) > 5);
    return day;
}

}  // namespace washup::hospital
