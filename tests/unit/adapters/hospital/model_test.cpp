#include "adapters/hospital/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "adapters/csv/intake.hpp"
#include "adapters/hospital/chances.hpp"
#include "adapters/hospital/town.hpp"
#include "adapters/hospital/write_out.hpp"
#include "proto/base/nhs_number.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::hospital {
namespace {

namespace fs = std::filesystem;

ModelOptions options(std::uint64_t seed = 7) {
    config::Faults faults;
    auto const root = std::string{WASHUP_SOURCE_DIR} + "/config";
    auto const town = load_town(root + "/site/demo.toml", root + "/vocab/reasons.toml", faults);
    EXPECT_TRUE(faults.empty());
    ModelOptions out;
    out.seed = seed;
    out.wards = town.wards;
    out.labels = town.labels;
    out.history_start = london_midnight(make_date(2026, 11, 2));
    out.live_from = out.history_start + hours(24 * 28);
    return out;
}

std::string all_octets(std::vector<Output> const& outputs) {
    std::string all;
    for (auto const& output : outputs) {
        if (auto const* const message = std::get_if<Message>(&output)) {
            all += message->text;
        } else {
            all += std::get<Drop>(output).file.name + std::get<Drop>(output).file.octets;
        }
    }
    return all;
}

std::vector<Message> messages(std::vector<Output> const& outputs) {
    std::vector<Message> found;
    for (auto const& output : outputs) {
        if (auto const* const message = std::get_if<Message>(&output)) found.push_back(*message);
    }
    return found;
}

std::string field(std::string const& text, std::string const& segment, int number) {
    auto at = text.starts_with(segment + "|") ? 0 : text.find("\r" + segment + "|");
    if (at == std::string::npos) return {};
    at = text.find(segment, at);
    auto const line = text.substr(at, text.find('\r', at) - at);
    std::size_t from = 0;
    for (int i = segment == "MSH" ? 1 : 0; i < number; ++i) {
        from = line.find('|', from);
        if (from == std::string::npos) return {};
        ++from;
    }
    return line.substr(from, line.find('|', from) - from);
}

TEST(HospitalModel, GivesTheSameBytesForTheSameSeedHoweverItIsStepped) {
    auto const start = options().history_start;
    Model whole(options());
    auto const at_once = all_octets(whole.step(start + hours(24 * 5)));
    Model pieces(options());
    std::string piece_by_piece;
    for (int minute = 0; minute <= 24 * 60 * 5; minute += 7) {
        piece_by_piece += all_octets(pieces.step(start + minutes(minute)));
    }
    piece_by_piece += all_octets(pieces.step(start + hours(24 * 5)));
    EXPECT_GT(at_once.size(), 100'000u);
    EXPECT_EQ(at_once, piece_by_piece);
    Model other(options(8));
    EXPECT_NE(all_octets(other.step(start + hours(24 * 5))), at_once);
}

TEST(HospitalModel, WritesTheSameFilesForTheSameSeed) {
    test_support::TempDir temp;
    auto const written = write_out(options(), 3, temp.path() / "a").value();
    ASSERT_TRUE(write_out(options(), 3, temp.path() / "b").has_value());
    EXPECT_GT(written.messages, 300u);
    std::size_t files = 0;
    for (auto const& entry : fs::directory_iterator(temp.path() / "a")) {
        auto const twin = temp.path() / "b" / entry.path().filename();
        EXPECT_EQ(test_support::read_file(entry.path()), test_support::read_file(twin));
        ++files;
    }
    EXPECT_GE(files, 3u + 6u);
}

TEST(HospitalModel, SpeaksAsItsProfileExpects) {
    Model model(options());
    auto const all = messages(model.step(options().history_start + hours(24 * 28)));
    std::set<std::string> ids, triggers;
    for (auto const& message : all) {
        EXPECT_TRUE(ids.insert(message.control_id).second) << message.control_id;
        triggers.insert(message.trigger);
        EXPECT_EQ(field(message.text, "MSH", 3), "WASHUPTEST");
        EXPECT_EQ(field(message.text, "MSH", 11), "P");
        EXPECT_EQ(field(message.text, "MSH", 10), message.control_id);
        EXPECT_TRUE(message.text.ends_with("\r"));
        EXPECT_EQ(message.text.find('\n'), std::string::npos);
    }
    for (auto const* const trigger :
         {"A01", "A02", "A03", "A04", "A08", "A11", "A12", "A13", "A16", "A31", "A40"}) {
        EXPECT_TRUE(triggers.contains(trigger)) << trigger;
    }
}

TEST(HospitalModel, PutsNobodyIntoATakenBed) {
    Model model(options());
    std::map<std::string, std::string> lying;  // bed -> visit
    std::map<std::string, std::string> bed_of;
    std::size_t moves = 0;
    for (auto const& message : messages(model.step(options().history_start + hours(24 * 20)))) {
        if (field(message.text, "PV1", 2) != "I") continue;
        auto const visit = field(message.text, "PV1", 19), bed = field(message.text, "PV1", 3);
        if (message.trigger == "A40") continue;
        if (auto const old = bed_of.find(visit); old != bed_of.end()) {
            lying.erase(old->second);
            bed_of.erase(old);
        }
        // A bed is kept for somebody whose discharge is about to be cancelled; only then is it
        // theirs without a message saying so.
        if (message.trigger == "A03" || message.trigger == "A11") continue;
        ++moves;
        auto const [place, fresh] = lying.emplace(bed, visit);
        EXPECT_TRUE(fresh) << bed << " holds " << place->second << " and " << visit << " at "
                           << message.control_id;
        bed_of[visit] = bed;
    }
    EXPECT_GT(moves, 1000u);
}

TEST(HospitalModel, KeepsTheSizesOfARealHospital) {
    auto const given = options();
    Model model(given);
    for (int day = 1; day <= 28; ++day) {
        (void)model.step(given.history_start + hours(24 * day));
        auto const census = model.census();
        EXPECT_EQ(census.beds, 180);
        EXPECT_GT(census.in_bed, 120) << day;
        EXPECT_LE(census.in_bed, 180) << day;
        EXPECT_GT(census.on_list, 45) << day;
        EXPECT_LT(census.on_list, 110) << day;
        EXPECT_GT(census.ready, 15) << day;
        EXPECT_LT(census.ready, 60) << day;
    }
}

TEST(HospitalModel, DropsFilesThatTheShippedProfileReads) {
    config::Faults faults;
    auto const profile =
        csv::load_profile(std::string{WASHUP_SOURCE_DIR} + "/config/sources/csv_hub.toml", faults);
    ASSERT_TRUE(profile.has_value());
    Model model(options());
    std::map<std::string, int> rows, aside;
    for (auto const& output : model.step(options().history_start + hours(24 * 28))) {
        auto const* const drop = std::get_if<Drop>(&output);
        if (drop == nullptr) continue;
        auto const intake = csv::take_file(*profile, drop->file.name, drop->file.octets);
        ASSERT_TRUE(intake.has_value()) << drop->file.name << ": " << intake.error().words;
        EXPECT_TRUE(intake->unknown_headings.empty()) << drop->file.name;
        auto const mapper =
            csv::FileMapper::make(*profile, drop->file.name, intake->batch.about).value();
        for (auto const& record : intake->records) {
            ++rows[record.trigger];
            aside[record.trigger] += mapper.map(record.raw).has_set_aside() ? 1 : 0;
        }
    }
    EXPECT_EQ(rows.size(), 6u);
    for (auto const& [kind, count] : rows) {
        EXPECT_GT(count, 100) << kind;
        EXPECT_LT(aside[kind] * 20, count) << kind;
    }
    EXPECT_GT(aside["referrals.csv"], 0);  // the spreadsheet in between
}

TEST(HospitalPeople, HaveNumbersOfTheirOwn) {
    Prng chance(3);
    std::set<std::string> numbers;
    int without = 0;
    for (std::uint32_t i = 1; i <= 20'000; ++i) {
        auto const person = make_person(chance, i, make_date(2026, 11, 2), i % 2 == 0);
        if (person.nhs_number.empty()) {
            ++without;
            continue;
        }
        EXPECT_TRUE(person.nhs_number.starts_with("999"));
        EXPECT_TRUE(valid_nhs_number(person.nhs_number));
        EXPECT_TRUE(numbers.insert(person.nhs_number).second);
    }
    EXPECT_GT(without, 1'000);
    EXPECT_LT(without, 4'000);
}

TEST(HospitalChances, KeepTheNationalShares) {
    Prng chance(11);
    constexpr int draws = 400'000;
    std::array<int, 4> pathways{};
    std::array<int, 7> bands{};
    std::map<std::string_view, int> waiting;  // days, by reason: what a weekly count sees
    int delayed = 0, days = 0;
    for (int i = 0; i < draws; ++i) {
        auto const pathway = draw_pathway(chance);
        ++pathways[static_cast<std::size_t>(pathway)];
        auto const delay = draw_delayed(chance, pathway) ? draw_delay_days(chance, pathway) : 0;
        auto const band = delay == 0    ? 0
                          : delay == 1  ? 1
                          : delay <= 3  ? 2
                          : delay <= 6  ? 3
                          : delay <= 13 ? 4
                          : delay <= 20 ? 5
                                        : 6;
        ++bands[static_cast<std::size_t>(band)];
        if (delay == 0) continue;
        ++delayed;
        days += delay;
        waiting[draw_reason(chance, pathway).code] += delay;
    }
    constexpr std::array pathway_permille{852, 99, 32, 17};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(pathways[i] * 1000 / draws, pathway_permille[i], 3) << i;
    }
    constexpr std::array band_permille{859, 47, 32, 23, 23, 8, 9};
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_NEAR(bands[i] * 1000 / draws, band_permille[i], i == 0 ? 8 : 4) << i;
    }
    EXPECT_NEAR(days * 10.0 / delayed, 66, 4);
    for (auto const& reason : reasons()) {
        auto const share = static_cast<int>(std::int64_t{waiting[reason.code]} * 10'000 / days);
        EXPECT_NEAR(share, reason.share, 40 + reason.share / 8) << reason.code;
    }
}

TEST(HospitalBeds, KeepToBedsPerWardMax) {
    Beds beds({{"A", "S", "T"}}, beds_per_ward_max + 50);
    EXPECT_EQ(beds.count(), beds_per_ward_max);
    Prng chance(1);
    for (int i = 0; i < beds_per_ward_max; ++i) {
        auto const bed = beds.take(chance, "S", std::nullopt);
        ASSERT_TRUE(bed.has_value());
        EXPECT_GE(beds.place(*bed).bay.front(), 'A');
        EXPECT_LE(beds.place(*bed).bay.front(), 'Z');
    }
    EXPECT_FALSE(beds.take(chance, "S", std::nullopt).has_value());
    beds.free({0, 5});
    EXPECT_TRUE(beds.take_back({0, 5}));
    EXPECT_FALSE(beds.take_back({0, 5}));
}

}  // namespace
}  // namespace washup::hospital
