#include "daemon/shell/pin_thread.hpp"

#include <gtest/gtest.h>

#include <future>

namespace washup::shell {
namespace {

std::string made(PinThread& thread, std::string const& pin) {
    std::promise<std::string> text;
    EXPECT_TRUE(thread.make(pin, [&](std::string made) { text.set_value(std::move(made)); }));
    return text.get_future().get();
}

bool matches(PinThread& thread, std::string const& held, std::string const& pin) {
    std::promise<bool> answer;
    EXPECT_TRUE(thread.check(held, pin, [&](bool matched) { answer.set_value(matched); }));
    return answer.get_future().get();
}

TEST(PinThread, KnowsAPinByWhatWasMadeOfItAndByNothingElse) {
    PinThread thread;
    auto const text = made(thread, "4711");
    EXPECT_TRUE(text.starts_with("$argon2id$")) << text;
    EXPECT_EQ(text.find("4711"), std::string::npos);
    EXPECT_NE(made(thread, "4711"), text) << "each has salt of its own";
    EXPECT_TRUE(matches(thread, text, "4711"));
    for (auto const* wrong : {"4712", "", "47110", "nobody"}) {
        EXPECT_FALSE(matches(thread, text, wrong)) << wrong;
    }
    EXPECT_FALSE(matches(thread, "no text of Argon2id", "4711"));
    for (auto const* pin : {"4711", "nobody", ""}) {
        EXPECT_FALSE(matches(thread, "", pin)) << "nobody's PIN is nobody's";
    }
}

// The thread is held up by a first job, so that the queue fills behind it.
TEST(PinThread, QueuesPinChecksMaxPinSetsMaxAndPinWritesMaxAndNoneTakesAnothersRoom) {
    std::promise<void> held, go;
    PinThread thread;
    ASSERT_TRUE(thread.make("4711", [&](std::string const&) {
        held.set_value();
        go.get_future().wait();
    }));
    held.get_future().wait();
    for (std::size_t i = 0; i < pin_sets_max; ++i) {
        EXPECT_TRUE(thread.make("4711", [](std::string const&) {}));
    }
    EXPECT_FALSE(thread.make("4711", [](std::string const&) {}));
    for (std::size_t i = 0; i < access::pin_checks_max; ++i) {
        EXPECT_TRUE(thread.check("", "4711", [](bool) {}));
    }
    EXPECT_FALSE(thread.check("", "4711", [](bool) {}));
    for (std::size_t i = 0; i < pin_writes_max; ++i) {
        EXPECT_TRUE(thread.write([] { return true; }, [](bool) {}));
    }
    EXPECT_FALSE(thread.write([] { return true; }, [](bool) {}));
    go.set_value();
}

TEST(PinThread, TellsWhetherWhatItWroteIsThere) {
    PinThread thread;
    for (auto const well : {true, false}) {
        std::promise<bool> told;
        EXPECT_TRUE(
            thread.write([well] { return well; }, [&](bool kept) { told.set_value(kept); }));
        EXPECT_EQ(told.get_future().get(), well);
    }
}

}  // namespace
}  // namespace washup::shell
