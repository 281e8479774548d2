#include "proto/wire/source_session.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "proto/base/prng.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/long_run.hpp"
#include "washup/v1/common.pb.h"
#include "washup/v1/ingest.pb.h"

namespace washup::wire {
namespace {

SourceSessionOptions ward() {
    SourceSessionOptions options;
    options.source = "ward";
    options.epoch = "e1";
    return options;
}

v1::IngestRecord record(std::uint64_t sequence) {
    v1::IngestRecord r;
    r.set_sequence(sequence);  // whose it is, the session knows
    return r;
}

Bytes welcome(std::uint64_t watermark, std::uint32_t in_flight_max = 8, std::uint64_t run = 1) {
    v1::SourceWelcome w;
    w.set_source("ward");
    w.set_epoch("e1");
    w.set_watermark(watermark);
    w.set_in_flight_max(in_flight_max);
    w.set_daemon_time_ms(1000);
    w.set_run(run);
    return encode(Kind::source_welcome, w);
}

Bytes answer(std::uint64_t sequence, v1::IngestAnswer::Outcome outcome = v1::IngestAnswer::ACCEPTED,
             std::string const& code = {}) {
    v1::IngestAnswer a;
    a.set_source("ward");
    a.set_epoch("e1");
    a.set_sequence(sequence);
    a.set_outcome(outcome);
    a.set_code(code);
    return encode(Kind::ingest_answer, a);
}

// Drives a session and remembers what it did last.
struct Driver {
    SourceSession session{ward()};
    SourceActions did;
    std::int64_t ms = 1'000'000;

    SourceActions const& step(SourceInput const& input) {
        did = {};
        session.step(input, {ms}, did);
        return did;
    }
    SourceActions const& hear(Bytes const& frame) { return step(SourceHeard{frame}); }
    SourceActions const& submit(std::uint64_t sequence) {
        auto const r = record(sequence);
        return step(SourceSubmit{&r});
    }
    std::vector<std::uint64_t> sent_sequences() const {
        std::vector<std::uint64_t> sequences;
        for (auto const& bytes : did.send) {
            auto const frame = decode(bytes);
            v1::IngestRecord r;
            if (frame->kind == Kind::ingest_record && parse(*frame, r)) {
                sequences.push_back(r.sequence());
            }
        }
        return sequences;
    }
    std::vector<std::uint64_t> answered() const {
        std::vector<std::uint64_t> sequences;
        for (auto const& a : did.answers) sequences.push_back(a->sequence());
        return sequences;
    }
};
using Sequences = std::vector<std::uint64_t>;

TEST(SourceSession, SaysHelloAtOnceAndAgainUntilWelcomed) {
    Driver d;
    EXPECT_EQ(d.step(SourceTick{}).send.size(), 1u);
    EXPECT_EQ(decode(d.did.send[0])->kind, Kind::source_hello);
    EXPECT_FALSE(d.session.connected());
    d.ms += 249;
    EXPECT_EQ(d.step(SourceTick{}).send.size(), 0u);
    d.ms += 1;
    EXPECT_EQ(d.step(SourceTick{}).send.size(), 1u);
    EXPECT_EQ(d.hear(welcome(41)).welcomed, 41u);
    EXPECT_TRUE(d.session.connected());
    EXPECT_EQ(d.session.next_sequence(), 42u);
    EXPECT_EQ(d.session.window_left(), 8u);
    d.ms += 999;
    EXPECT_EQ(d.step(SourceTick{}).send.size(), 0u);
    d.ms += 1;
    EXPECT_EQ(d.step(SourceTick{}).send.size(), 1u);  // the sign of life
}

TEST(SourceSession, TakesALaterWelcomeAsASignOfLifeOnly) {
    Driver d;
    d.hear(welcome(0));
    d.submit(1);
    EXPECT_FALSE(d.hear(welcome(0)).welcomed);
    EXPECT_TRUE(d.did.send.empty());
    EXPECT_EQ(d.session.daemon_time({d.ms + 500})->ms, 1500);
}

TEST(SourceSession, SendsWhatIsUnansweredAgainAtOnceToADaemonThatStartedAgain) {
    Driver d;
    d.hear(welcome(0));
    d.submit(1);
    d.submit(2);
    d.hear(answer(1));
    d.ms += 1000;  // not long enough to miss it
    EXPECT_EQ(d.hear(welcome(1, 8, 2)).welcomed, 1u);
    EXPECT_EQ(d.sent_sequences(), Sequences{2});
    EXPECT_FALSE(d.hear(welcome(1, 8, 2)).welcomed);
    EXPECT_TRUE(d.did.send.empty());
}

TEST(SourceSession, BeginsAgainBelowWhenTheDaemonCameBackWithAnOlderJournal) {
    Driver d;
    d.hear(welcome(0));
    for (std::uint64_t n = 1; n <= 3; ++n) {
        d.submit(n);
        d.hear(answer(n));
    }
    EXPECT_EQ(d.hear(welcome(1, 8, 2)).welcomed, 1u);
    EXPECT_EQ(d.session.next_sequence(), 2u);
}

TEST(SourceSession, KeepsToTheWindow) {
    Driver d;
    d.hear(welcome(0, 2));
    d.submit(1);
    d.submit(2);
    EXPECT_EQ(d.session.window_left(), 0u);
    EXPECT_DEATH(d.submit(3), "window");
    d.hear(answer(1));
    EXPECT_EQ(d.session.window_left(), 1u);
    EXPECT_DEATH(d.submit(4), "rise by one");
}

TEST(SourceSession, NeverHoldsMoreThanSourceInFlightMax) {
    Driver d;
    d.hear(welcome(0, 1'000'000));
    EXPECT_EQ(d.session.window_left(), source_in_flight_max);
    for (std::uint64_t n = 1; n <= source_in_flight_max; ++n) d.submit(n);
    EXPECT_EQ(d.session.window_left(), 0u);
    EXPECT_DEATH(d.submit(source_in_flight_max + 1), "window");
}

TEST(SourceSession, HandsBackAnswersInOrder) {
    Driver d;
    d.hear(welcome(0));
    for (std::uint64_t n = 1; n <= 3; ++n) d.submit(n);
    d.hear(answer(2, v1::IngestAnswer::INBOX));
    EXPECT_EQ(d.answered(), Sequences{});
    d.hear(answer(1));
    EXPECT_EQ(d.answered(), (Sequences{1, 2}));
    d.hear(answer(1));
    EXPECT_EQ(d.answered(), Sequences{});
}

TEST(SourceSession, SaysLostAfterThreeSilentSecondsAndSendsAgainWhenWelcomed) {
    Driver d;
    d.step(SourceTick{});
    d.hear(welcome(0));
    d.submit(1);
    d.submit(2);
    d.ms += 2999;
    EXPECT_FALSE(d.step(SourceTick{}).lost);
    d.ms += 1;
    EXPECT_TRUE(d.step(SourceTick{}).lost);
    EXPECT_EQ(d.session.window_left(), 0u);
    EXPECT_FALSE(d.step(SourceTick{}).lost);
    EXPECT_EQ(d.hear(welcome(1)).welcomed, 1u);
    EXPECT_EQ(d.sent_sequences(), (Sequences{1, 2}));  // 1 too: its answer is still owed upstream
    d.submit(2);
    EXPECT_EQ(d.sent_sequences(), Sequences{});
    d.submit(3);
    EXPECT_EQ(d.sent_sequences(), Sequences{3});
}

TEST(SourceSession, SendsAgainWhatIsNotAnswered) {
    Driver d;
    d.step(SourceTick{});
    d.hear(welcome(0));
    d.submit(1);
    d.submit(2);
    d.hear(answer(1));
    for (int s = 1; s <= 5; ++s) {
        d.ms += 1000;
        d.hear(welcome(0));
        d.step(SourceTick{});
        EXPECT_EQ(d.sent_sequences(), s < 5 ? Sequences{} : Sequences{2}) << s;
    }
}

TEST(SourceSession, MendsAHoleWithOneHello) {
    Driver d;
    d.step(SourceTick{});
    d.hear(welcome(0));
    for (std::uint64_t n = 1; n <= 3; ++n) d.submit(n);
    d.hear(answer(2, v1::IngestAnswer::REFUSED, "sequence_hole"));
    EXPECT_EQ(d.did.send.size(), 1u);
    EXPECT_TRUE(d.did.answers.empty());
    d.hear(answer(3, v1::IngestAnswer::REFUSED, "sequence_hole"));
    EXPECT_EQ(d.did.send.size(), 0u);
    EXPECT_FALSE(d.hear(welcome(0)).welcomed);
    EXPECT_EQ(d.sent_sequences(), (Sequences{1, 2, 3}));
}

TEST(SourceSession, SendsAgainLaterWhatTheDaemonWasTooBusyFor) {
    Driver d;
    d.step(SourceTick{});
    d.hear(welcome(0));
    d.submit(1);
    d.hear(answer(1, v1::IngestAnswer::REFUSED, "busy"));
    EXPECT_TRUE(d.did.answers.empty());
    for (int s = 0; s < 4; ++s) {
        d.ms += 1000;
        d.hear(welcome(0));
        d.step(SourceTick{});
        EXPECT_EQ(d.sent_sequences(), Sequences{});
    }
    d.ms += 1000;
    d.step(SourceTick{});
    EXPECT_EQ(d.sent_sequences(), Sequences{1});
}

TEST(SourceSession, BeginsAgainBelowWhenTheDaemonHoldsLess) {
    Driver d;
    d.hear(welcome(10));
    d.submit(11);
    d.submit(12);
    d.hear(answer(12, v1::IngestAnswer::REFUSED, "hello_first"));
    EXPECT_EQ(d.hear(welcome(4)).welcomed, 4u);
    EXPECT_EQ(d.sent_sequences(), Sequences{});
    EXPECT_EQ(d.session.next_sequence(), 5u);
    d.submit(5);
    EXPECT_EQ(d.sent_sequences(), Sequences{5});
}

TEST(SourceSession, HandsBackARefusalAndLetsTheSequenceBeUsedAgain) {
    Driver d;
    d.hear(welcome(0));
    d.submit(1);
    d.submit(2);
    d.hear(answer(1, v1::IngestAnswer::REFUSED, "no_digest"));
    EXPECT_EQ(d.answered(), Sequences{1});
    d.submit(1);
    EXPECT_EQ(d.sent_sequences(), Sequences{1});
}

TEST(SourceSession, IgnoresWhatIsNotForIt) {
    Driver d;
    v1::SourceWelcome w;
    w.set_source("hub");
    w.set_epoch("e1");
    EXPECT_FALSE(d.hear(encode(Kind::source_welcome, w)).welcomed);
    EXPECT_EQ(d.hear("garbage").troubles.size(), 1u);
    v1::Refusal refusal;
    refusal.set_code("version");
    EXPECT_EQ(d.hear(encode(Kind::refusal, refusal)).troubles,
              std::vector<std::string>{"refused_version"});
    EXPECT_EQ(d.hear(encode(Kind::heartbeat, refusal)).troubles.size(), 1u);
    EXPECT_FALSE(d.session.connected());
}

// A daemon with a watermark behind a road that loses frames both ways, and that restarts.
struct LossyDaemon {
    std::uint64_t watermark = 0;
    bool knows_us = false;
    std::vector<std::uint64_t> journal;

    Bytes hear(Bytes const& bytes) {
        auto const frame = decode(bytes);
        if (frame->kind == Kind::source_hello) {
            knows_us = true;
            return welcome(watermark);
        }
        v1::IngestRecord r;
        EXPECT_TRUE(parse(*frame, r));
        EXPECT_EQ(r.source() + " " + r.epoch(), "ward e1");
        if (!knows_us) return answer(r.sequence(), v1::IngestAnswer::REFUSED, "hello_first");
        if (r.sequence() > watermark + 1) {
            return answer(r.sequence(), v1::IngestAnswer::REFUSED, "sequence_hole");
        }
        if (r.sequence() == watermark + 1) {
            ++watermark;
            journal.push_back(r.sequence());
        }
        return answer(r.sequence());
    }
};

TEST(SourceSession, BringsEveryRecordAcrossOnceOnABadRoad) {
    for (std::uint64_t seed = 1; seed <= test_support::long_count(2000); ++seed) {
        Prng prng(seed);
        Driver d;
        LossyDaemon daemon;
        std::deque<Bytes> up, down;
        std::uint64_t submitted = 0, answered = 0;
        std::uint64_t const wanted = 60;
        int turns = 0;
        auto const after_step = [&] {
            for (auto const& frame : d.did.send) {
                if (!prng.chance(150)) up.push_back(frame);
            }
            for (auto const sequence : d.answered()) {
                ASSERT_EQ(sequence, ++answered) << "seed " << seed;
                ASSERT_LE(sequence, daemon.watermark) << "answered before it was durable";
            }
        };
        for (; answered < wanted && turns < 20'000; ++turns) {
            d.ms += prng.between(0, 300);
            d.step(SourceTick{});
            after_step();
            while (submitted < wanted && d.session.window_left() > 0 && prng.chance(500)) {
                d.submit(++submitted);
                after_step();
            }
            for (auto n = prng.below(6); n > 0 && !up.empty(); --n) {
                auto const reply = daemon.hear(up.front());
                up.pop_front();
                if (!prng.chance(150)) down.push_back(reply);
            }
            for (auto n = prng.below(6); n > 0 && !down.empty(); --n) {
                auto const frame = down.front();
                down.pop_front();
                d.hear(frame);
                after_step();
            }
            if (prng.chance(10)) {  // restart: what was on the road is gone
                daemon.knows_us = false;
                up.clear();
                down.clear();
            }
            if (::testing::Test::HasFatalFailure()) return;
        }
        ASSERT_EQ(answered, wanted) << "seed " << seed;
        ASSERT_EQ(daemon.journal.size(), wanted) << "seed " << seed;
    }
}

}  // namespace
}  // namespace washup::wire
