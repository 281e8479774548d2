#include "daemon/core/clear_code.hpp"

#include <gtest/gtest.h>

namespace washup::core {
namespace {

State a_site() {
    State state;
    state.config.teams.push_back({"ST MILDRED", "St Mildred's team", {}, {}});
    state.staff["posei"] = {"posei", {}, "social worker", {}, {}};
    return state;
}

// What stands in the clear of it, and what is sealed.
std::pair<std::string, std::string> kept(Field field, Code code, std::string text = {}) {
    Value value;
    value.code = std::move(code);
    value.text.text = std::move(text);
    seal_what_is_no_code(a_site(), field, value);
    return {value.code, value.text.text};
}
using Kept = std::pair<std::string, std::string>;

TEST(ClearCode, IsACodeThatIsKnown) {
    for (auto const& [field, code] :
         {std::pair{Field::sex, "F"}, std::pair{Field::postcode_district, "CT9"},
          std::pair{Field::postcode_district, "EC1A"}, std::pair{Field::usual_residence, "home"},
          std::pair{Field::case_worker, "posei"}, std::pair{Field::pathway, "P2"},
          std::pair{Field::admission_method, "emergency"}, std::pair{Field::on_leave, "yes"},
          std::pair{Field::criteria_to_reside, "not_met"}, std::pair{Field::team, "ST MILDRED"},
          std::pair{Field::team, "XRAY-2"}, std::pair{Field::council, "invented_bay"},
          std::pair{Field::specialty, "430"}, std::pair{Field::at_risk, "yes"},
          std::pair{Field::ending, "discharged"}, std::pair{Field::ideal_outcome, "own_home"}}) {
        EXPECT_EQ(kept(field, code), (Kept{code, ""})) << name_of(field);
    }
}

TEST(ClearCode, IsNothingElseThatSomebodyWroteInItsPlace) {
    for (auto const& [field, words] :
         {std::pair{Field::usual_residence, "14 Acacia Avenue, with Mrs Specimen"},
          std::pair{Field::case_worker, "J Specimen (daughter)"},
          std::pair{Field::postcode_district, "CT9 1AA"},
          std::pair{Field::postcode_district, "CT91AA"}, std::pair{Field::postcode_district, "ANN"},
          std::pair{Field::pathway, "SPECIMEN"}, std::pair{Field::sex, "Ann"},
          std::pair{Field::team, "Ann Specimen"}, std::pair{Field::council, "9990000018 of Ann"},
          std::pair{Field::specialty, "01234 567890 12"}, std::pair{Field::admission_method, "Ann"},
          std::pair{Field::criteria_to_reside, "Ann"}, std::pair{Field::at_risk, "Ann"},
          std::pair{Field::on_leave, "to Ann"}, std::pair{Field::name, "SPECIMEN"},
          std::pair{Field::birth_date, "1941-03-09"}, std::pair{Field::consultant, "Dr Ann"},
          std::pair{Field::expected_discharge, "Ann"}, std::pair{Field::location, "Ann"}}) {
        EXPECT_EQ(kept(field, words), (Kept{"", words})) << name_of(field);
    }
    EXPECT_EQ(kept(Field::usual_residence, "with Ann", "a flat"), (Kept{"", "with Ann; a flat"}));
}

TEST(ClearCode, OfOtherPeoplesListsHasForeignCodeLettersMax) {
    std::string const code(foreign_code_letters_max, 'A');
    EXPECT_EQ(kept(Field::specialty, code).first, code);
    EXPECT_EQ(kept(Field::specialty, code + "A").first, "");
}

TEST(ClearCode, OfAReferenceIsAKeyAndNoSentence) {
    for (auto const* key : {"", "B12", "hub/2026-11:17", "#4_a.b"}) {
        EXPECT_TRUE(fit_for_a_reference(key)) << key;
    }
    EXPECT_FALSE(fit_for_a_reference("for Ann Specimen"));
    EXPECT_TRUE(fit_for_a_reference(std::string(reference_letters_max, 'A')));
    EXPECT_FALSE(fit_for_a_reference(std::string(reference_letters_max + 1, 'A')));
}

}  // namespace
}  // namespace washup::core
