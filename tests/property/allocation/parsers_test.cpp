// Every allocation of every parser fails once, and then for ever: an error or nothing, no leak, and
// never a result that is not the whole one.

#include <fmt/format.h>

#include "adapters/csv/intake.hpp"
#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/framer.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/settings/settings.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/property/allocation/fail_each.hpp"
#include "tests/support/core/ward.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::allocation {
namespace {

std::string const message =
    "MSH|^~\\&|WASHUPTEST|RZZ|WASHUP|RZZ|20261102100000||ADT^A01|C1|P|2.4\r"
    "EVN|A01|20261102100000||||20261102090000\r"
    "PID|1||L1^^^RZZ^MR~9990000018^^^NHS^NH||SPECIMEN^Ann^^^Mrs||19410309|F|||1 Test "
    "Street^^Margate^^CT9 1AA\r"
    "PV1|1|I|FORD^A^A1^STM||||||||||||||||V1^^^RZZ|||||||||||||||||||||||||20261102090000\r";

TEST(FailedAllocationOfParsers, InTheFramerGivesNoHalfFrame) {
    auto const bytes = fmt::format("\x0b{}\x1c\r\x0b{}\x1c\r", message, message);
    auto const places = fail_each([&] {
        hl7v2::Framer framer;
        std::vector<hl7v2::FrameEvent> events;
        for (std::size_t at = 0; at < bytes.size(); at += 100) {
            framer.feed(std::string_view{bytes}.substr(at, 100), events);
        }
        if (events.size() != 2 || events[0].bytes.size() + 1 < message.size()) return Ended::wrong;
        return events[0].bytes == events[1].bytes ? Ended::right : Ended::wrong;
    });
    EXPECT_GT(places, 2u);
}

TEST(FailedAllocationOfParsers, InTheHl7MapperGivesNoHalfObservation) {
    config::Faults faults;
    auto const profiles = hl7v2::ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
    ASSERT_TRUE(faults.empty());
    auto const map = [&](v1::Observation& out) {
        auto const header = hl7v2::read_header(message);
        if (!header) return false;
        auto const& profile = profiles.choose({}, header->value(3), header->value(4));
        return hl7v2::map_octets(message, *header, profile, Instant{1'793'613'600'000}, out) ==
               "A01";
    };
    v1::Observation whole;
    ASSERT_TRUE(map(whole));
    auto const size = whole.ByteSizeLong();
    auto const places = fail_each_as_a_program([&] {
        v1::Observation out;
        if (!map(out)) return Ended::failed;
        return out.ByteSizeLong() == size ? Ended::right : Ended::wrong;
    });
    EXPECT_GT(places, 50u);
}

TEST(FailedAllocationOfParsers, InTheCsvMapperGivesNoHalfFile) {
    config::Faults faults;
    auto const profile =
        csv::load_profile(WASHUP_SOURCE_DIR "/config/sources/csv_hub.toml", faults);
    ASSERT_TRUE(profile && faults.empty());
    std::string const name = "referrals_20261102_1000.csv";
    std::string const octets =
        "Visit Number,NHS Number,Hospital Number,Council ID,Referred\r\n"
        "V1,9990000018,L1,C1,02/11/2026 09:00\r\n"
        "V2,,L2,\"C,2\",02/11/2026\r\n";
    ASSERT_TRUE(csv::take_file(*profile, name, octets)) << "the file fits the shipped profile";
    auto const work = [&] {
        auto const intake = csv::take_file(*profile, name, octets);
        if (!intake) return Ended::failed;
        auto const mapper = csv::FileMapper::make(*profile, name, intake->batch.about);
        if (!mapper) return Ended::failed;
        bool whole = intake->records.size() == 2;
        for (auto const& record : intake->records) {
            auto const observation = mapper->map(record.raw);
            whole = whole && observation.subject().has_visit();
        }
        return whole ? Ended::right : Ended::wrong;
    };
    EXPECT_GT(fail_each_as_a_program(work), 50u);
}

TEST(FailedAllocationOfParsers, InTheEnvelopeGivesNoHalfMessage) {
    v1::IngestRecord record;
    record.set_source("ward");
    record.set_record_name(std::string(200, 'n'));
    record.mutable_observation()->mutable_subject()->mutable_visit()->set_number(
        "V1234567890123456");
    auto const places = fail_each([&] {
        auto const bytes = wire::encode(wire::Kind::ingest_record, record);
        auto const frame = wire::decode(bytes);
        v1::IngestRecord back;
        if (!frame || !wire::parse(*frame, back)) return Ended::failed;
        return back.ByteSizeLong() == record.ByteSizeLong() ? Ended::right : Ended::wrong;
    });
    EXPECT_GT(places, 5u);
}

TEST(FailedAllocationOfParsers, InTheEventCodecGivesNoHalfRecord) {
    tests::Ward ward;
    ward.wait_until("2026-11-02T10:00");
    ward.receive(tests::a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(tests::a02("V1", "M1", "2026-11-02T09:30", "KENT"));
    for (auto const& record : ward.records()) {
        fail_each([&] {
            auto const bytes = journal::encode_record(record);
            auto const back = journal::decode_record(bytes);
            if (!back) return Ended::failed;
            return journal::encode_record(*back) == bytes ? Ended::right : Ended::wrong;
        });
    }
}

TEST(FailedAllocationOfParsers, InTheConfigLoaderGivesNoHalfConfiguration) {
    std::string const file = WASHUP_SOURCE_DIR "/config/site/demo.toml";
    config::Faults none;
    auto const whole = settings::load_settings(file, none);
    ASSERT_TRUE(whole);
    auto const places = fail_each_as_a_program([&] {
        config::Faults faults;
        auto const settings = settings::load_settings(file, faults);
        if (!settings) return faults.empty() ? Ended::wrong : Ended::failed;
        return settings->digest == whole->digest ? Ended::right : Ended::wrong;
    });
    EXPECT_GT(places, 500u);
}

}  // namespace
}  // namespace washup::allocation
