// Sign-in as a machine: time is an argument, and the digest of a PIN is somebody else's work.
#include "daemon/access/sessions.hpp"

#include <gtest/gtest.h>

namespace washup::access {
namespace {

class Bench {
  public:
    template <class T>
    std::vector<T> step(SessionInput const& input) {
        std::vector<SessionAction> actions;
        sessions.step(input, now, actions);
        std::vector<T> of_kind;
        for (auto const& action : actions) {
            if (auto const* one = std::get_if<T>(&action)) of_kind.push_back(*one);
            if constexpr (std::is_same_v<T, SignInRefused>) {
                auto const* keep = std::get_if<KeepFailures>(&action);
                if (keep != nullptr && keep->then) of_kind.push_back(*keep->then);
            }
        }
        return of_kind;
    }
    // As a person does it, with the right PIN or a wrong one. What came of it.
    std::vector<SessionAction> sign_in(Peer const& peer, std::string const& staff, bool right,
                                       bool on_list = true) {
        std::vector<SessionAction> actions;
        sessions.step(SignInAsked{peer, staff, "4711", on_list ? "text of " + staff : ""}, now,
                      actions);
        if (actions.size() != 1) return actions;
        auto const* check = std::get_if<CheckPin>(&actions[0]);
        if (check == nullptr) return actions;
        auto const ticket = check->ticket;
        actions.clear();
        sessions.step(PinChecked{ticket, right}, now, actions);
        return actions;
    }
    std::string code_of(std::vector<SessionAction> const& actions) {
        for (auto const& action : actions) {
            if (auto const* no = std::get_if<SignInRefused>(&action)) return no->code;
            auto const* keep = std::get_if<KeepFailures>(&action);
            if (keep != nullptr && keep->then) return keep->then->code;
            if (std::get_if<SessionBegan>(&action) != nullptr) return "began";
        }
        return {};
    }
    void pass(Duration time) { now = now + time; }
    Session const* of(Peer const& peer) const { return sessions.of(peer, now); }

    SteadyInstant now{1'000'000};
    Sessions sessions;
};

Peer const desk{"desk", 7, "DESK-KEY"};
Peer const ward_pc{"ward pc", 8, "WARD-PC-KEY"};

TEST(Session, BeginsWithTheRightPinAndIsBoundToItsConnection) {
    Bench b;
    EXPECT_EQ(b.of(desk), nullptr);
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "began");
    ASSERT_NE(b.of(desk), nullptr);
    EXPECT_EQ(b.of(desk)->staff, "mary");
    EXPECT_EQ(b.of(ward_pc), nullptr);
    // The same way back, and another line or another key: not this connection.
    EXPECT_EQ(b.of({"desk", 9, "DESK-KEY"}), nullptr);
    EXPECT_EQ(b.of({"desk", 7, "OTHER"}), nullptr);
}

TEST(Session, DoesNotBeginWithAWrongPinNorForNobody) {
    Bench b;
    auto const wrong = b.sign_in(desk, "mary", false);
    auto const nobody = b.sign_in(ward_pc, "nobody", true, false);
    ASSERT_EQ(b.code_of(wrong), "no_match");
    ASSERT_EQ(b.code_of(nobody), "no_match");
    auto const& of_mary = *std::get<KeepFailures>(wrong[0]).then;
    auto const& of_nobody = std::get<SignInRefused>(nobody[0]);
    EXPECT_EQ(of_mary.words, of_nobody.words);
    // What was typed may be a PIN in the wrong box: it is handed on only when it is a staff id.
    EXPECT_EQ(of_mary.staff, "mary");
    EXPECT_EQ(of_nobody.staff, "");
    EXPECT_TRUE(b.sessions.all().empty());
    EXPECT_EQ(b.sessions.refused(), 2u);
}

TEST(Session, EndsAfterSessionIdleMaxAndNotBefore) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.pass(session_idle_max - milliseconds(1));
    EXPECT_TRUE(b.step<SessionEnded>(TimePassed{}).empty());
    b.step<SessionEnded>(Acted{desk});
    b.pass(session_idle_max - milliseconds(1));
    EXPECT_TRUE(b.step<SessionEnded>(TimePassed{}).empty()) << "she did something meanwhile";
    b.pass(milliseconds(1));
    auto const ended = b.step<SessionEnded>(TimePassed{});
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended[0].why, SessionEnd::idle);
    EXPECT_EQ(sentence_of(SessionEnd::idle), "locked: nobody did anything here for 120 s");
    EXPECT_EQ(b.of(desk), nullptr);
}

TEST(Session, IsNobodysAnyMoreWhenItsTimeIsOverThoughNobodyWasToldYet) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.step<SessionEnded>(FollowAsked{desk, 3});
    b.pass(session_idle_max - milliseconds(1));
    EXPECT_NE(b.of(desk), nullptr);
    b.pass(milliseconds(1));
    EXPECT_EQ(b.of(desk), nullptr);
    EXPECT_EQ(b.sessions.all().size(), 1u) << "the daemon was asleep: no beat came before it";
    EXPECT_EQ(b.step<SessionEnded>(FollowAsked{desk, 4}).size(), 1u);
}

TEST(Session, OfSomebodyWhoComesBackTooLateBeginsAnew) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.step<SessionEnded>(FollowAsked{desk, 3});
    b.pass(session_idle_max);
    auto const did = b.sign_in(desk, "mary", true);
    ASSERT_EQ(did.size(), 2u);
    EXPECT_EQ(std::get<SessionEnded>(did[0]).why, SessionEnd::idle);
    ASSERT_NE(b.of(desk), nullptr);
    EXPECT_TRUE(b.of(desk)->views.empty()) << "and follows nothing that was followed before";
}

TEST(Session, IsNotRevivedByAKeyPressedTooLate) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.pass(session_idle_max);
    EXPECT_EQ(b.step<SessionEnded>(Acted{desk}).size(), 1u);
    EXPECT_EQ(b.of(desk), nullptr);
}

TEST(Session, EndsWithItsConnectionItsKeyItsPinAndByHand) {
    struct Ending {
        SessionInput input;
        SessionEnd why;
    };
    for (auto const& ending : {Ending{LineGone{7}, SessionEnd::gone},
                               Ending{KeyGone{"DESK-KEY"}, SessionEnd::key_revoked},
                               Ending{PinChanged{"mary"}, SessionEnd::pin_changed},
                               Ending{RoleChanged{"mary"}, SessionEnd::role_changed},
                               Ending{SignOutAsked{desk}, SessionEnd::signed_out},
                               Ending{Stopping{}, SessionEnd::stopping}}) {
        Bench b;
        b.sign_in(desk, "mary", true);
        auto const ended = b.step<SessionEnded>(ending.input);
        ASSERT_EQ(ended.size(), 1u) << to_words(ending.why);
        EXPECT_EQ(ended[0].why, ending.why);
        EXPECT_EQ(ended[0].peer, desk);
        EXPECT_TRUE(b.sessions.all().empty());
    }
}

TEST(Session, OfOthersGoesOn) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.sign_in(ward_pc, "tom", true);
    for (SessionInput const& input :
         {SessionInput{LineGone{7}}, SessionInput{KeyGone{"DESK-KEY"}},
          SessionInput{PinChanged{"mary"}}, SessionInput{RoleChanged{"mary"}},
          SessionInput{SignOutAsked{desk}}}) {
        b.step<SessionEnded>(input);
        EXPECT_NE(b.of(ward_pc), nullptr);
    }
}

TEST(Session, OfAnotherPersonOnTheSameConnectionReplacesTheFirstWithWhatTheyFollowed) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.step<SessionEnded>(FollowAsked{desk, 3});
    EXPECT_EQ(b.of(desk)->views, std::set<int>{3});
    b.sign_in(desk, "mary", true);
    EXPECT_EQ(b.of(desk)->views, std::set<int>{3}) << "the same person goes on";
    auto const did = b.sign_in(desk, "tom", true);
    ASSERT_EQ(did.size(), 2u);
    EXPECT_EQ(std::get<SessionEnded>(did[0]).why, SessionEnd::replaced);
    EXPECT_EQ(b.of(desk)->staff, "tom");
    EXPECT_TRUE(b.of(desk)->views.empty());
    b.step<SessionEnded>(FollowAsked{ward_pc, 3});
    EXPECT_EQ(b.of(ward_pc), nullptr) << "nobody follows who has not signed in";
}

TEST(Session, IsNotLostByAnotherPersonsWrongPin) {
    Bench b;
    b.sign_in(desk, "mary", true);
    b.sign_in(desk, "tom", false);
    ASSERT_NE(b.of(desk), nullptr);
    EXPECT_EQ(b.of(desk)->staff, "mary");
}

TEST(Attempts, AboveFailuresFreeMaxWaitTwiceAsLongEachTime) {
    Bench b;
    for (std::uint32_t i = 0; i < failures_free_max; ++i) {
        EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", false)), "no_match");
    }
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "wait") << "not even the right one";
    for (auto wait = seconds(1); wait < attempt_pause_max; wait = wait + wait) {
        b.pass(wait - milliseconds(1));
        EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", false)), "wait") << wait.ms;
        b.pass(milliseconds(1));
        EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", false)), "no_match") << wait.ms;
    }
    b.pass(attempt_pause_max);
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "began") << "and no longer than that";
    EXPECT_EQ(pause_after(1000), attempt_pause_max);
}

TEST(Attempts, AreCountedOfAPersonOverAllConnections) {
    Bench b;
    for (std::uint32_t i = 0; i < failures_free_max; ++i) {
        b.sign_in({"new " + std::to_string(i), static_cast<int>(i), "KEY"}, "mary", false);
    }
    EXPECT_EQ(b.code_of(b.sign_in(ward_pc, "mary", true)), "wait");
    EXPECT_EQ(b.code_of(b.sign_in(ward_pc, "tom", true)), "began") << "others are not held up";
}

TEST(Attempts, AreCountedOfAConnectionOverAllPersons) {
    Bench b;
    for (std::uint32_t i = 0; i < failures_free_max; ++i) {
        b.sign_in(desk, "guess " + std::to_string(i), false, false);
    }
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "wait");
    EXPECT_EQ(b.code_of(b.sign_in(ward_pc, "mary", true)), "began");
}

TEST(Attempts, AreForgottenAfterTheRightPinAndAfterFailuresKept) {
    Bench b;
    for (int round = 0; round < 3; ++round) {
        for (std::uint32_t i = 1; i < failures_free_max; ++i) b.sign_in(desk, "mary", false);
        EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "began") << round;
    }
    for (std::uint32_t i = 0; i < failures_free_max + 3; ++i) {
        b.sign_in(desk, "mary", false);
        b.pass(attempt_pause_max);
    }
    b.pass(failures_kept);
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", false)), "no_match");
    EXPECT_EQ(b.code_of(b.sign_in(desk, "mary", true)), "began");
}

// What is on the disk is what the next life begins with: a restart gives nobody a fresh try.
TEST(Attempts, AreRememberedOverARestart) {
    Bench before;
    FailureCounts kept;
    for (std::uint32_t i = 0; i < failures_free_max + 2; ++i) {
        auto const said = before.sign_in(desk, "mary", false);
        ASSERT_EQ(said.size(), 1u);
        auto const* keep = std::get_if<KeepFailures>(&said[0]);
        ASSERT_NE(keep, nullptr) << "kept before it is said";
        ASSERT_TRUE(keep->then);
        EXPECT_EQ(keep->counts, (FailureCounts{{"mary", i + 1}}));
        kept = keep->counts;
        before.pass(attempt_pause_max);
    }
    Bench after;
    after.step<CheckPin>(FailuresRead{kept});
    EXPECT_EQ(after.code_of(after.sign_in(ward_pc, "mary", true)), "wait");
    EXPECT_EQ(after.code_of(after.sign_in(ward_pc, "tom", true)), "began");
    after.pass(pause_after(failures_free_max + 2));
    EXPECT_EQ(after.code_of(after.sign_in(desk, "mary", false)), "no_match");
    after.pass(pause_after(failures_free_max + 2));
    EXPECT_EQ(after.code_of(after.sign_in(ward_pc, "mary", true)), "wait") << "and counts on";
    after.pass(pause_after(failures_free_max + 3));
    auto const began = after.sign_in(ward_pc, "mary", true);
    EXPECT_EQ(after.code_of(began), "began");
    auto const* forgiven = std::get_if<KeepFailures>(&began[0]);
    ASSERT_NE(forgiven, nullptr);
    EXPECT_TRUE(forgiven->counts.empty());
    EXPECT_FALSE(forgiven->then);
}

TEST(Attempts, ThatAreOverAreKeptNoLonger) {
    Bench b;
    b.sign_in(desk, "mary", false);
    b.pass(failures_kept);
    auto const said = b.sign_in(desk, "tom", false);
    EXPECT_EQ(std::get<KeepFailures>(said[0]).counts, (FailureCounts{{"tom", 1}}));
    auto const changed = b.step<KeepFailures>(PinChanged{"tom"});
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_TRUE(changed[0].counts.empty()) << "the operator lets them in again";
    EXPECT_TRUE(b.step<KeepFailures>(PinChanged{"tom"}).empty()) << "nothing to write";
    auto const nobody = b.sign_in(desk, "4711", false, false);
    EXPECT_TRUE(std::holds_alternative<SignInRefused>(nobody[0]))
        << "an id that nobody has may be a PIN in the wrong box, and is written nowhere";
}

TEST(Attempts, OfOnePersonAreCheckedOneAfterTheOther) {
    Bench b;
    auto const first = b.step<CheckPin>(SignInAsked{desk, "mary", "1", "text"});
    ASSERT_EQ(first.size(), 1u);
    auto const second = b.step<SignInRefused>(SignInAsked{ward_pc, "mary", "2", "text"});
    ASSERT_EQ(second.size(), 1u) << "many at once would be many free guesses";
    EXPECT_EQ(second[0].code, "busy");
    EXPECT_EQ(b.step<SignInRefused>(SignInAsked{desk, "tom", "2", "text"}).size(), 1u);
    b.step<SessionBegan>(PinChecked{first[0].ticket, false});
    EXPECT_EQ(b.step<CheckPin>(SignInAsked{ward_pc, "mary", "2", "text"}).size(), 1u);
}

TEST(Attempts, AbovePinChecksMaxAreToldToComeAgainAlsoFromThoseWhoComeAndGo) {
    Bench b;
    std::vector<std::uint64_t> tickets;
    for (std::size_t i = 0; i < pin_checks_max; ++i) {
        auto const line = static_cast<int>(i);
        auto const check = b.step<CheckPin>(
            SignInAsked{{std::to_string(i), line, "K"}, "staff " + std::to_string(i), "1", "t"});
        ASSERT_EQ(check.size(), 1u);
        tickets.push_back(check[0].ticket);
        b.step<SessionEnded>(LineGone{line});
    }
    EXPECT_EQ(b.step<SignInRefused>(SignInAsked{desk, "mary", "1", "t"})[0].code, "busy");
    EXPECT_TRUE(b.step<SessionBegan>(PinChecked{tickets[0], true}).empty())
        << "who has gone is signed in nowhere";
    EXPECT_EQ(b.step<CheckPin>(SignInAsked{desk, "mary", "1", "t"}).size(), 1u);
}

TEST(Attempts, WithAPinThatIsChangedMeanwhileDoNotCount) {
    Bench b;
    auto const check = b.step<CheckPin>(SignInAsked{desk, "mary", "1", "old"});
    EXPECT_EQ(b.step<SignInRefused>(PinChanged{"mary"})[0].code, "busy");
    EXPECT_TRUE(b.step<SessionBegan>(PinChecked{check[0].ticket, true}).empty());
}

TEST(Attempts, AreRememberedOfNoMoreThanFailuresHeldMax) {
    Bench b;
    for (std::size_t i = 0; i < failures_held_max + 10; ++i) {
        Peer const peer{"p" + std::to_string(i), static_cast<int>(i), "K"};
        for (std::uint32_t n = 0; n < failures_free_max; ++n) {
            b.sign_in(peer, "nobody", false, false);
        }
        b.pass(milliseconds(1));
    }
    Peer const first{"p0", 0, "K"};
    Peer const last{"p" + std::to_string(failures_held_max + 9),
                    static_cast<int>(failures_held_max + 9), "K"};
    EXPECT_EQ(b.code_of(b.sign_in(last, "nobody", false, false)), "wait");
    EXPECT_EQ(b.code_of(b.sign_in(first, "nobody", false, false)), "no_match") << "the oldest went";
}

TEST(Sessions, AreAtMostSessionsMax) {
    Bench b;
    for (std::size_t i = 0; i < sessions_max; ++i) {
        auto const name = std::to_string(i);
        ASSERT_EQ(b.code_of(b.sign_in({name, static_cast<int>(i), "K"}, "s" + name, true)),
                  "began");
    }
    Peer const late{"late", 9999, "K"};
    EXPECT_EQ(b.code_of(b.sign_in(late, "late", true)), "full");
    EXPECT_EQ(b.code_of(b.sign_in({"0", 0, "K"}, "tom", true)), "began") << "in another's place";
    b.step<SessionEnded>(LineGone{1});
    EXPECT_EQ(b.code_of(b.sign_in(late, "late", true)), "began");
}

}  // namespace
}  // namespace washup::access
