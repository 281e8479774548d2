#include "board/link/sign_in.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "board/link/pin_input.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board {
namespace {

v1::SignInAnswer answer(bool accepted) {
    v1::SignInAnswer answer;
    answer.set_accepted(accepted);
    answer.set_staff("mary");
    answer.set_code(accepted ? "" : "wait");
    answer.set_words(accepted ? "" : "too many wrong PINs");
    return answer;
}

TEST(SignIn, GoesFromOutToCheckingToInAndBack) {
    SignIn sign{true};
    EXPECT_EQ(sign.person().state, PersonState::signed_out);
    auto const asked = sign.ask("mary", "4711");
    auto const frame = wire::decode(asked);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->kind, wire::Kind::sign_in);
    EXPECT_EQ(sign.person().state, PersonState::checking);
    auto const no = sign.answered(answer(false));
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().field, "wait");
    EXPECT_EQ(sign.person().state, PersonState::signed_out);
    EXPECT_EQ(sign.person().words, "too many wrong PINs");
    sign.ask("mary", "4711");
    EXPECT_TRUE(sign.answered(answer(true)));
    EXPECT_EQ(sign.person().state, PersonState::signed_in);
    EXPECT_EQ(sign.person().words, "");
    EXPECT_TRUE(sign.ended("locked"));
    EXPECT_FALSE(sign.ended("twice"));
    EXPECT_EQ(sign.person().words, "locked");
}

TEST(SignIn, IsNotLostByAWrongPinOfSomebodyElse) {
    SignIn sign{true};
    sign.ask("mary", "4711");
    EXPECT_TRUE(sign.answered(answer(true)));
    sign.ask("tom", "1");
    EXPECT_FALSE(sign.answered(answer(false)));
    EXPECT_EQ(sign.person().state, PersonState::signed_in);
    EXPECT_EQ(sign.person().staff, "mary");
}

TEST(SignIn, TellsOfAPersonsDoingOnceInActedEvery) {
    SignIn sign{true};
    SteadyInstant now{1000};
    EXPECT_FALSE(sign.acted(now)) << "nobody is signed in";
    sign.ask("mary", "4711");
    (void)sign.answered(answer(true));
    EXPECT_TRUE(sign.acted(now));
    EXPECT_FALSE(sign.acted(now + (acted_every - milliseconds(1))));
    EXPECT_TRUE(sign.acted(now + acted_every));
}

class Pipe {
  public:
    explicit Pipe(std::string const& text) {
        EXPECT_EQ(::pipe(ends_), 0);
        EXPECT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
        ::close(ends_[1]);
    }
    ~Pipe() { ::close(ends_[0]); }
    int out() const { return ends_[0]; }

  private:
    int ends_[2] = {-1, -1};
};

TEST(PinInput, IsTheFirstLineAndLeavesTheRest) {
    Pipe const pipe{"4711\r\n80213\n"};
    EXPECT_EQ(pin_from(pipe.out()).value(), "4711");
    EXPECT_EQ(pin_from(pipe.out()).value(), "80213");
    EXPECT_FALSE(pin_from(pipe.out())) << "there is no third";
}

TEST(PinInput, IsNoneWhenItIsEmptyTooLongOrNowhere) {
    EXPECT_FALSE(pin_from(Pipe{"\n"}.out()));
    EXPECT_FALSE(pin_from(Pipe{""}.out()));
    EXPECT_TRUE(pin_from(Pipe{std::string(pin_line_bytes_max, '1')}.out()));
    auto const long_one = pin_from(Pipe{std::string(pin_line_bytes_max + 1, '1')}.out());
    ASSERT_FALSE(long_one);
    EXPECT_EQ(long_one.error().words.find('1'), std::string::npos);
    EXPECT_FALSE(pin_from(-1));
}

}  // namespace
}  // namespace washup::board
