#include "tests/support/daemon/csv_story.hpp"

#include <iterator>

#include <fmt/format.h>

namespace washup::tests {
namespace {

struct Kind {
    char const* name;
    char const* header;
};
constexpr Kind kinds[] = {
    {"referrals",
     "Visit Number,Hospital Number,Surname,Forename,Referred,Team,Ideal Outcome,Expected "
     "Outcome,Updated"},
    {"outcomes",
     "Visit Number,Hospital Number,Ideal Outcome,Expected Outcome,Actual Outcome,Updated"},
    {"blockers", "Visit Number,Blocker Ref,Reason,Note,Opened,Closed,Closed Because,Updated"},
    {"actions", "Visit Number,Action Ref,Action,Owner,Deadline,State,Updated"},
    {"milestones", "Visit Number,Milestone,Reached,Updated"},
    {"capacity", "Service;Total;Occupied;Accepting Now;As Of"},
};
constexpr char const* outcomes[] = {"Own home, no care", "Home with care", "Rehabilitation bed",
                                    "Residential care",  "Home",           "the moon"};
constexpr char const* reasons[] = {"CP4", "Night sitting", "Awaiting medicines", "moon phase"};

std::string time_of(Instant at) {
    auto const wall = london_wall(at);
    return fmt::format("{:02}/{:02}/{:04} {:02}:{:02}", wall.day, wall.month, wall.year, wall.hour,
                       wall.minute);
}

}  // namespace

std::string CsvStory::row_of(std::size_t kind, Instant now) {
    auto const visit = first_ + static_cast<int>(chance_.below(static_cast<std::uint64_t>(count_)));
    auto const occurred = now - hours(chance_.between(0, 48));
    auto const said = time_of(occurred);
    auto const one_of = [&](auto const& words) {
        return chance_.chance(150) ? std::string{}
                                   : fmt::format("\"{}\"", words[chance_.below(std::size(words))]);
    };
    switch (kind) {
        case 0:
            return fmt::format("V{},M{},\"SPECIMEN, {}\",Ann,{},,{},{},{}", visit, visit, visit,
                               said, one_of(outcomes), one_of(outcomes), said);
        case 1:
            return fmt::format("V{},M{},{},{},{},{}", visit, visit, one_of(outcomes),
                               one_of(outcomes), one_of(outcomes), said);
        case 2: {
            bool const closed = chance_.chance(400);
            return fmt::format("V{},b{},{},\"said \"\"soon\"\"\",{},{},{},{}", visit,
                               chance_.below(3), one_of(reasons), said,
                               closed ? time_of(now) : std::string{},
                               closed ? "solved" : std::string{}, said);
        }
        case 3:
            return fmt::format("V{},a{},order a hoist,{},{},{},{}", visit, chance_.below(4),
                               chance_.chance(200) ? "" : "R. Lund",
                               chance_.chance(200) ? std::string{}
                                                   : time_of(now + hours(chance_.between(-30, 60))),
                               chance_.chance(300) ? "done" : "open", said);
        case 4:
            return fmt::format("V{},{},{},{}", visit,
                               chance_.chance(800) ? "Medicines ready" : "moon rise", said, said);
        default:
            return fmt::format("night-{};10;{};{};{}", chance_.below(3), chance_.below(12),
                               chance_.between(-1, 5), said);
    }
}

CsvFile CsvStory::next(Instant now, std::size_t rows) {
    auto const kind = chance_.below(std::size(kinds));
    auto const wall = london_wall(now);
    CsvFile file;
    file.name = fmt::format("{}_n{}_{:04}{:02}{:02}_{:02}{:02}.csv", kinds[kind].name, ++files_,
                            wall.year, wall.month, wall.day, wall.hour, wall.minute);
    file.octets = fmt::format("{}\r\n", kinds[kind].header);
    for (std::size_t i = 0; i < rows; ++i) file.octets += row_of(kind, now) + "\r\n";
    return file;
}

}  // namespace washup::tests
