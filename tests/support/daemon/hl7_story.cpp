#include "tests/support/daemon/hl7_story.hpp"

#include <fmt/format.h>

#include "proto/base/nhs_number.hpp"

namespace washup::tests {
namespace {

char const* const wards[] = {"FORD", "KENT", "DOVER"};

std::string stamp(Instant at) {
    auto const wall = london_wall(at);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", wall.year, wall.month, wall.day, wall.hour,
                       wall.minute, wall.second);
}

std::string nhs_number(int person) {
    for (char check = '0'; check <= '9'; ++check) {
        auto digits = fmt::format("999{:06}{}", person % 1'000'000, check);
        if (valid_nhs_number(digits)) return digits;
    }
    return {};  // for some the check digit would be ten
}

}  // namespace

Hl7Story::Hl7Story(Prng chance, Hl7StoryOptions options)
    : chance_(chance), options_(options), beds_(static_cast<std::size_t>(options.beds)) {}

// What would come next in this bed.
std::string Hl7Story::trigger_for(Bed& bed, Instant occurred) {
    if (!bed.taken) {
        bool const back = people_ > 0 && chance_.chance(150);
        bed.person =
            back ? static_cast<int>(chance_.below(static_cast<std::uint64_t>(people_))) : people_++;
        bed.visit = visits_++;
        bed.admitted = occurred;
        bed.taken = true;
        return "A01";
    }
    if (chance_.below(options_.messages_a_stay) == 0) {
        bed.taken = false;
        return chance_.chance(60) ? "A11" : "A03";
    }
    return chance_.chance(300) ? "A02" : "A08";
}

std::string Hl7Story::next(Instant now) {
    bool const again = !last_.empty() && chance_.chance(20);
    if (again && !answered_) return last_;  // the sender did not see the answer
    answered_ = false;
    ++messages_;
    auto const late = chance_.chance(200) ? hours(chance_.between(0, 70)) : seconds(0);
    auto const occurred = now - late - minutes(chance_.between(0, 10));
    auto const place = static_cast<int>(chance_.below(beds_.size()));
    auto& bed = beds_[static_cast<std::size_t>(place)];
    if (!chance_.chance(options_.odd_permille)) {
        auto const trigger = trigger_for(bed, occurred);
        return last_ = write(trigger, bed, place, occurred, now);
    }
    static char const* const odd[] = {"A01", "A03", "A11", "A12", "A13",
                                      "A40", "A31", "A28", "A16"};
    auto other = bed;
    if (visits_ > 0)
        other.visit = static_cast<int>(chance_.below(static_cast<std::uint64_t>(visits_)));
    return last_ = write(odd[chance_.below(std::size(odd))], other, place, occurred, now);
}

std::string Hl7Story::write(std::string const& trigger, Bed const& bed, int place, Instant occurred,
                            Instant now) {
    auto const nhs = chance_.chance(700) ? nhs_number(bed.person) : std::string{};
    auto text = fmt::format(
        "\x0bMSH|^~\\&|SIMTEST|RZZ|WASHUP|RZZ|{}||ADT^{}|S{}|P|2.4\rEVN|{}|{}||||{}\r"
        "PID|1||L{}^^^RZZ^MR{}||SPECIMEN{}^Ann^^^Mrs||19410309|F|||1 Test Street^^Margate^^CT9 "
        "1AA\r",
        stamp(now), trigger, messages_, trigger, stamp(occurred), stamp(occurred), bed.person,
        nhs.empty() ? "" : "~" + nhs + "^^^NHS^NH", bed.person);
    if (trigger == "A40") {
        text += fmt::format("MRG|L{}^^^RZZ^MR\r",
                            chance_.below(static_cast<std::uint64_t>(people_ > 0 ? people_ : 1)));
        return text + "\x1c\r";
    }
    auto const ward = trigger == "A02" ? static_cast<int>(chance_.below(3)) : place % 3;
    bool const ends = trigger == "A03";
    text +=
        fmt::format("PV1|1|I|{}^A^{}^STM||||||||||||||||V{}^^^RZZ", wards[ward], place, bed.visit);
    text += fmt::format("{}{}|{}|||||||{}|{}\r", std::string(17, '|'), ends ? "1" : "",
                        ends ? (chance_.chance(60) ? "79" : "19") : "", stamp(bed.admitted),
                        ends ? stamp(occurred) : "");
    // No longer in need of this bed, and now and then in need of it again.
    if (trigger == "A08" && chance_.chance(80)) {
        text += fmt::format("OBX|1|ID|NCTR||{}||||||F|||{}\r", chance_.chance(150) ? "N" : "Y",
                            stamp(occurred));
    }
    return text + "\x1c\r";
}

}  // namespace washup::tests
