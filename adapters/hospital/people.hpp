#pragma once
// The invented people of the test hospital: names of many origins, NHS numbers from the 999 range
// with a right check digit, and some people without one. Pure: the same seed makes the same people.

#include <cstdint>
#include <string>

#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"

namespace washup::hospital {

struct Person {
    std::uint32_t number = 0;
    std::string family, given, middle, title, sex;  // sex: M or F
    Date birth;
    std::string nhs_number;       // empty: none is known
    std::string hospital_number;  // of the trust
    std::string council_number;
    std::string street, postcode;
    std::string usual_residence;  // the hub's words
};

// The nine digits 999 + six of `stem`, and their check digit; empty where modulus 11 has none.
std::string nhs_number_of(std::uint32_t stem);

// `number` is never used twice; `old` people are of the age that meets the social-work team.
Person make_person(Prng& chance, std::uint32_t number, Date today, bool old);

}  // namespace washup::hospital
