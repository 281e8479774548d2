#include "adapters/hospital/people.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace washup::hospital {
namespace {

using Word = std::string_view;

constexpr std::array<Word, 96> family_names = {"Abara",
                                               "Achterberg",
                                               "Adeyemi-Oduya",
                                               "Ahmed",
                                               "Akhtar",
                                               "Allerton",
                                               "Aldous",
                                               "Amponsah",
                                               "Arkwright",
                                               "Ashdown",
                                               "Bagnall",
                                               "Balogun",
                                               "Banerjee",
                                               "Barnaby",
                                               "Begum",
                                               "Benting",
                                               "Bhatti",
                                               "Biddlecombe",
                                               "Blackwood",
                                               "Bourne",
                                               "Brzezinska",
                                               "Cadwallader",
                                               "Calloway",
                                               "Chaudhry",
                                               "Chukwu",
                                               "Clewlow",
                                               "Colebrook",
                                               "Coombes",
                                               "Cruickshank",
                                               "Dacosta",
                                               "Dalgleish",
                                               "Das",
                                               "Davies-Llewellyn",
                                               "Dimitriou",
                                               "Dunmore",
                                               "Eastwell",
                                               "Eke",
                                               "El-Amin",
                                               "Etherington",
                                               "Fairweather",
                                               "Fennimore",
                                               "Ferreira dos Santos",
                                               "Fitzwilliam",
                                               "Fong",
                                               "Garside",
                                               "Georgiou",
                                               "Ghosh",
                                               "Goodenough",
                                               "Gurung",
                                               "Halloran",
                                               "Hargreave",
                                               "Hemsworth",
                                               "Hossain",
                                               "Hutchings",
                                               "Ibbotson",
                                               "Ilves",
                                               "Iqbal",
                                               "Jankowski",
                                               "Jellicoe",
                                               "Kaczmarek",
                                               "Kaur",
                                               "Kettlewell",
                                               "Khatun",
                                               "Kowalczyk",
                                               "Lambrou",
                                               "Leatherbarrow",
                                               "Li",
                                               "Llewelyn",
                                               "MacGillivray",
                                               "Mahmood",
                                               "Mazur",
                                               "Mensah",
                                               "Mistry",
                                               "N\xC3\xA9meth",
                                               "Ng",
                                               "O'Donoghue",
                                               "O'Shaughnessy",
                                               "Okonjo",
                                               "Osei-Bonsu",
                                               "Patel",
                                               "Petrauskas",
                                               "Pocock",
                                               "Quartey",
                                               "Ramanathan",
                                               "Rees",
                                               "S\xC3\xA1nchez",
                                               "Sidhu",
                                               "Singleton-Whitmore",
                                               "Sokolowska",
                                               "Subramaniam",
                                               "Thistlethwaite",
                                               "Uddin",
                                               "van der Westhuizen",
                                               "Wetherby",
                                               "Wojciechowska",
                                               "Zielinska"};

constexpr std::array<Word, 40> womens_names = {"Adaeze",
                                               "Agnieszka",
                                               "Amina",
                                               "Audrey",
                                               "Beryl",
                                               "Bronwen",
                                               "Celia",
                                               "Comfort",
                                               "Doreen",
                                               "Dorota",
                                               "Edith",
                                               "Efua",
                                               "Eileen",
                                               "Elsie",
                                               "Fatima",
                                               "Freda",
                                               "Gurpreet",
                                               "Halina",
                                               "Hilda",
                                               "Ingrid",
                                               "Iris",
                                               "Jean",
                                               "Joyce",
                                               "Kamala",
                                               "Krystyna",
                                               "Lakshmi",
                                               "Maureen",
                                               "Mavis",
                                               "Mei",
                                               "Muriel",
                                               "Nasreen",
                                               "Ngozi",
                                               "Olive",
                                               "Parveen",
                                               "Phyllis",
                                               "Ren\xC3\xA9"
                                               "e",
                                               "Rosalind",
                                               "Sheila",
                                               "Siobh\xC3\xA1n",
                                               "Winifred"};

constexpr std::array<Word, 40> mens_names = {
    "Albert",    "Amir",    "Arthur",       "Bernard",     "Chidi",   "Clifford", "Colin",
    "Cyril",     "Dennis",  "Derek",        "Desmond",     "Dilip",   "Edwin",    "Emrys",
    "Ernest",    "Farouk",  "Frank",        "Gerald",      "Gordon",  "Harjit",   "Harold",
    "Hassan",    "Henryk",  "Ivor",         "Jos\xC3\xA9", "Kenneth", "Kofi",     "Leonard",
    "Mohammed",  "Norman",  "Olusegun",     "Patrick",     "Rajesh",  "Reginald", "Ronald",
    "Stanislaw", "Terence", "Tom\xC3\xA1s", "Walter",      "Yusuf"};

constexpr std::array<Word, 18> streets = {
    "Mill Lane",     "Harbour View",   "Chapel Row",        "Station Road", "Orchard Close",
    "The Parade",    "Quay Street",    "Windmill Rise",     "Meadow Way",   "St Mildred's Terrace",
    "Cliff Gardens", "Old Dairy Yard", "Victoria Crescent", "Priory Walk",  "Lighthouse Road",
    "Elm Grove",     "Cobbler's Hill", "Rope Walk"};

// ZZ is no postcode area of the country; coast is ZZ1 to ZZ5, vale ZZ6 to ZZ9.
std::string make_postcode(Prng& chance) {
    constexpr Word letters = "ABDEFGHJLNPQRSTUWXYZ";
    return fmt::format("ZZ{} {}{}{}", chance.between(1, 9), chance.between(1, 9),
                       letters[chance.below(letters.size())],
                       letters[chance.below(letters.size())]);
}

std::string make_residence(Prng& chance, bool old) {
    auto const draw = chance.below(1000);
    if (!old) return draw < 12 ? "No fixed abode" : draw < 400 ? "Lives with family" : "Own home";
    if (draw < 700) return "Own home";
    if (draw < 870) return "Lives with family";
    if (draw < 910) return "Sheltered housing";
    if (draw < 930) return "Extra care housing";
    if (draw < 975) return "Residential home";
    if (draw < 994) return "Nursing home";
    return "No fixed abode";
}

}  // namespace

std::string nhs_number_of(std::uint32_t stem) {
    auto digits = fmt::format("999{:06}", stem % 1'000'000);
    int sum = 0;
    for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * static_cast<int>(10 - i);
    auto const check = (11 - sum % 11) % 11;
    if (check == 10) return {};
    return digits + static_cast<char>('0' + check);
}

Person make_person(Prng& chance, std::uint32_t number, Date today, bool old) {
    Person person;
    person.number = number;
    bool const woman = chance.chance(530);
    person.sex = woman ? "F" : "M";
    person.family = family_names[chance.below(family_names.size())];
    auto const& givens = woman ? womens_names : mens_names;
    person.given = givens[chance.below(givens.size())];
    if (chance.chance(220)) person.middle = givens[chance.below(givens.size())];
    person.title = woman ? (chance.chance(600) ? "Mrs" : "Ms") : "Mr";
    auto const age = old ? chance.between(66, 98) : chance.between(19, 88);
    person.birth = today - static_cast<int>(age * 365 + chance.between(0, 364));
    // A step coprime to a million visits every stem once: no number is given twice.
    auto const stem =
        static_cast<std::uint32_t>((std::uint64_t{number} * 387'491 + 17) % 1'000'000);
    if (!chance.chance(30)) person.nhs_number = nhs_number_of(stem);
    person.hospital_number = fmt::format("{}", 4'000'000 + number * 7);
    person.council_number = fmt::format("C{:06}", 100'000 + number * 3);
    person.street =
        fmt::format("{} {}", chance.between(1, 120), streets[chance.below(streets.size())]);
    person.postcode = make_postcode(chance);
    person.usual_residence = make_residence(chance, old);
    return person;
}

}  // namespace washup::hospital
