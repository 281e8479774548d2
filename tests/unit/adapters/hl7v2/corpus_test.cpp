// Messages that nobody here wrote, where somebody has them: WASHUP_HL7_CORPUS names a folder. None
// is needed to build or to test; with one, every message must become something that can be sent.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/hl7v2/ack.hpp"
#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/file_messages.hpp"
#include "tests/unit/adapters/hl7v2/mapper_support.hpp"

namespace washup::hl7v2 {
namespace {

namespace fs = std::filesystem;

TEST(Hl7Corpus, BecomesObservationsMessageByMessage) {
    auto const* const folder = std::getenv("WASHUP_HL7_CORPUS");
    if (!folder) GTEST_SKIP() << "WASHUP_HL7_CORPUS names no folder";
    std::size_t messages = 0;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".hl7") continue;
        std::ifstream in{entry.path(), std::ios::binary};
        std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
        auto const found = messages_of_file(bytes);
        EXPECT_FALSE(found.messages.empty()) << entry.path();
        for (auto const& raw : found.messages) {
            auto const header = read_header(raw);
            auto const message = Message::parse(to_utf8(raw, header->value(18)));
            ASSERT_TRUE(message);
            auto const& profile =
                testing::shipped_profiles().choose("", header->value(3), header->value(4));
            v1::Observation observation;
            map_message(*message, profile, testing::received, observation);
            EXPECT_NE(observation.what_case(), v1::Observation::WHAT_NOT_SET);
            ++messages;
        }
    }
    EXPECT_GT(messages, 0u);
}

}  // namespace
}  // namespace washup::hl7v2
