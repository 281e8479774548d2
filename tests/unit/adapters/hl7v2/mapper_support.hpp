#pragma once
// Messages for the mapper's tests, made of lines, and short ways to ask for a fact.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "adapters/hl7v2/adt_mapper.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2::testing {

inline Instant const received{1793534400000};  // 2026-11-01T12:00:00Z

inline ProfileSet const& shipped_profiles() {
    static ProfileSet const profiles = [] {
        config::Faults faults;
        auto out = ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
        for (auto const& fault : faults.list()) ADD_FAILURE() << config::to_text(fault);
        return out;
    }();
    return profiles;
}

// A message of an invented ward; every part can be replaced.
struct Parts {
    std::string trigger = "A01";
    std::string processing = "P";
    std::string evn = "EVN||20261101115900";
    std::string pid =
        "PID|1||A17^^^RZZ^MR~9990000018^^^NHS||Marsh^Ada^May||19410309|F|||"
        "1 Quay^^Ramsgate^^CT11 9AA";
    std::string pv1_3 = "FORD^A^A3^RZZ01";
    std::string pv1_2 = "I";
    std::string pv1_6;
    std::string pv1_19 = "V100";
    std::string pv1_36, pv1_37;
    std::string pv1_44 = "20261101101500";
    std::string pv1_45;
    std::string more;  // further segments, each ending in CR
    bool with_pv1 = true;

    std::string text() const {
        auto out = "MSH|^~\\&|PAS|RZZ|WASHUP|HUB|20261101120000||ADT^" + trigger + "|77|" +
                   processing + "|2.4\r" + evn + "\r" + pid + "\r";
        if (with_pv1) {
            out += "PV1|1|" + pv1_2 + "|" + pv1_3 + "|21||" + pv1_6 +
                   "|||C1^Hart^Jo^^^Dr|GER|||||||||" + pv1_19 + std::string(17, '|') + pv1_36 +
                   "|" + pv1_37 + std::string(7, '|') + pv1_44 + "|" + pv1_45 + "\r";
        }
        return out + more;
    }
};

struct Mapped {
    v1::Observation observation;
    std::vector<v1::Unreadable> left_out() const {
        return {observation.unreadable().begin(), observation.unreadable().end()};
    }

    std::vector<v1::FieldFact> facts(v1::Field field) const {
        std::vector<v1::FieldFact> out;
        for (auto const& fact : observation.facts()) {
            if (fact.field() == field) out.push_back(fact);
        }
        return out;
    }
    // The only fact of a field.
    std::optional<v1::FieldFact> fact(v1::Field field) const {
        auto const all = facts(field);
        EXPECT_LE(all.size(), 1u);
        return all.empty() ? std::nullopt : std::optional{all.front()};
    }
    std::string code(v1::Field field) const {
        auto const found = fact(field);
        return found ? found->value().code() : "(no fact)";
    }
    std::string words(v1::Field field) const {
        auto const found = fact(field);
        return found ? found->value().text() : "(no fact)";
    }
    std::string moment(v1::Field field) const {
        auto const found = fact(field);
        if (!found) return "(no fact)";
        if (!found->value().has_moment()) return "(cleared)";
        return text_of(found->value().moment());
    }
    static std::string text_of(v1::Moment const& moment) {
        return to_text(Moment{Instant{moment.at_ms()}, moment.precision() == v1::PRECISION_DATE
                                                           ? Precision::date
                                                           : Precision::minute});
    }
    std::string occurred() const { return text_of(observation.times().occurred()); }
    v1::StaySeen const& stay() const {
        EXPECT_TRUE(observation.has_stay()) << observation.ShortDebugString();
        return observation.stay();
    }
    v1::SetAside const& set_aside() const {
        EXPECT_TRUE(observation.has_set_aside()) << observation.ShortDebugString();
        return observation.set_aside();
    }
};

inline Mapped map_text(std::string const& text, char const* profile = "default") {
    auto message = Message::parse(text);
    EXPECT_TRUE(message);
    Mapped out;
    map_message(*message, *shipped_profiles().find(profile), received, out.observation);
    return out;
}
inline Mapped map_parts(Parts const& parts, char const* profile = "default") {
    return map_text(parts.text(), profile);
}

inline std::string location_text(v1::Location const& at) {
    return at.site() + "/" + at.ward() + "/" + at.bay() + "/" + at.bed();
}

}  // namespace washup::hl7v2::testing
