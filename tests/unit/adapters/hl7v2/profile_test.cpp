#include "adapters/hl7v2/profile.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace washup::hl7v2 {
namespace {

namespace fs = std::filesystem;

class ProfileFolder {
  public:
    ProfileFolder() {
        auto name = (fs::temp_directory_path() / "washup-profiles-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~ProfileFolder() { fs::remove_all(folder_); }
    void write(char const* name, std::string const& text) { std::ofstream{folder_ / name} << text; }
    std::vector<std::string> faults() {
        config::Faults faults;
        set = ProfileSet::load(folder_, faults);
        std::vector<std::string> out;
        for (auto const& fault : faults.list()) {
            auto text = config::to_text(fault);
            if (text.starts_with(folder_.string())) text.erase(0, folder_.string().size() + 1);
            out.push_back(text);
        }
        return out;
    }
    ProfileSet set;

  private:
    fs::path folder_;
};

std::string const base = "words = \"base\"\n[visit]\nnumber = [\"PV1-19\"]\n";

TEST(Hl7Profiles, ShipsDefaultItkAndSimulatorWithoutAFault) {
    config::Faults faults;
    auto const set = ProfileSet::load(WASHUP_SOURCE_DIR "/config/sources", faults);
    for (auto const& fault : faults.list()) ADD_FAILURE() << config::to_text(fault);
    for (auto const* name : {"default", "itk", "simulator"}) EXPECT_TRUE(set.find(name)) << name;
    EXPECT_EQ(set.find("default")->words, "default (no profile named)");
    EXPECT_TRUE(set.find("itk")->control_id_unique);
    EXPECT_FALSE(set.find("default")->processing_ids.has("T"));
    EXPECT_TRUE(set.find("simulator")->processing_ids.has("T"));
    EXPECT_EQ(set.find("simulator")->admission_methods.find("28b"), "emergency");
}

TEST(Hl7Profiles, ChoosesByNameThenBySenderThenDefault) {
    ProfileFolder folder;
    folder.write("default.toml", base);
    folder.write("a.toml", "words = \"a\"\n[[match]]\napplication = \"PAS\"\n");
    folder.write("b.toml", "words = \"b\"\n[[match]]\napplication = \"PAS\"\nfacility = \"RZZ\"\n");
    folder.write("c.toml", "words = \"c\"\n[[match]]\nfacility = \"RXX\"\n");
    ASSERT_TRUE(folder.faults().empty());
    EXPECT_EQ(folder.set.choose("", "PAS", "RZZ").name, "b");
    EXPECT_EQ(folder.set.choose("", "PAS", "RQQ").name, "a");
    EXPECT_EQ(folder.set.choose("", "PAS", "RXX").name, "a");
    EXPECT_EQ(folder.set.choose("", "LAB", "RXX").name, "c");
    EXPECT_EQ(folder.set.choose("", "LAB", "RQQ").name, "default");
    EXPECT_EQ(folder.set.choose("c", "PAS", "RZZ").name, "c");
    EXPECT_EQ(folder.set.find("b")->visit_number.size(), 1u) << "default's where b says nothing";
}

TEST(Hl7Profiles, NamesEveryFaultWithItsPlace) {
    ProfileFolder folder;
    folder.write("default.toml", base);
    folder.write("x.toml",
                 "words = \"x\"\n"
                 "[locaton]\n"
                 "ward = [\"PV1-3.1\"]\n"
                 "[dates]\n"
                 "admitted_at = [\"PV1.44\"]\n"
                 "[message]\n"
                 "time_zone = \"Europe/Lodnon\"\n"
                 "ack = \"orignal\"\n"
                 "[discharge.destinations]\n"
                 "54 = \"nursng\"\n"
                 "[[observe]]\n"
                 "fact = \"discharge_redy\"\n"
                 "time = [\"ZZZ-1\"]\n"
                 "[[match]]\n");
    auto const faults = folder.faults();
    std::string all;
    for (auto const& fault : faults) all += fault + "\n";
    for (auto const* part : {"x.toml:2:", "`location`", "x.toml:5:", "PV1.44", "x.toml:7:",
                             "Europe/Lodnon", "x.toml:8:", "`original`", "x.toml:10:", "`nursing`",
                             "x.toml:12:", "`discharge_ready`", "x.toml:14:"}) {
        EXPECT_NE(all.find(part), std::string::npos) << part << " in\n" << all;
    }
}

TEST(Hl7Profiles, HandlesEveryKnownTriggerUnlessItSaysOtherwise) {
    ProfileFolder folder;
    folder.write("default.toml", base);
    folder.write("a.toml", "words = \"a\"\n[message]\nhandles = [\"A01\", \"A03\"]\n");
    folder.write("b.toml", "words = \"b\"\n[message]\nhandles = [\"A01\", \"A4O\"]\n");
    auto const faults = folder.faults();
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults[0].find("b.toml:3:"), std::string::npos) << faults[0];
    EXPECT_NE(faults[0].find("trigger `A4O` cannot be handled yet"), std::string::npos);
    EXPECT_TRUE(folder.set.find("default")->handles.has("A40"));
    EXPECT_TRUE(folder.set.find("a")->handles.has("A03"));
    EXPECT_FALSE(folder.set.find("a")->handles.has("A40"));
}

TEST(Hl7Profiles, RefusesTwoProfilesForOneSender) {
    ProfileFolder folder;
    folder.write("default.toml", base);
    folder.write("a.toml", "words = \"a\"\n[[match]]\napplication = \"PAS\"\n");
    folder.write("b.toml", "words = \"b\"\n[[match]]\napplication = \"PAS\"\n");
    ASSERT_EQ(folder.faults().size(), 1u);
    EXPECT_NE(folder.faults()[0].find("already matched by a.toml"), std::string::npos);
}

TEST(Hl7Profiles, NeedsADefaultAndLeavesOtherKindsOfSourceAlone) {
    ProfileFolder folder;
    folder.write("csv_hub.toml", "something = \"else\"\n");
    EXPECT_FALSE(folder.faults().empty());
    folder.write("default.toml", base);
    EXPECT_TRUE(folder.faults().empty());
}

TEST(Hl7Profiles, ReplacesListsAndExtendsMaps) {
    ProfileFolder folder;
    folder.write("default.toml", base + "not_inpatient = [\"O\"]\n[person.sexes]\nM = \"M\"\n");
    folder.write("a.toml",
                 "words = \"a\"\n[visit]\nnot_inpatient = [\"E\"]\n[person.sexes]\nH = \"M\"\n");
    ASSERT_TRUE(folder.faults().empty());
    auto const& a = *folder.set.find("a");
    EXPECT_FALSE(a.not_inpatient.has("O"));
    EXPECT_TRUE(a.not_inpatient.has("e"));
    EXPECT_EQ(a.sexes.find("m"), "M");
    EXPECT_EQ(a.sexes.find("H"), "M");
}

}  // namespace
}  // namespace washup::hl7v2
