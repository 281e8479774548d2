// What a source says of its action ends in the same action however the rows arrive (product.md
// section 3, "Late and repeated facts").

#include "tests/property/properties.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

// One thing that is said of the action, at a time of its own: a row of the hub, or a person's word.
struct Saying {
    std::string when;
    core::ActionSeen row;
    bool by_hand = false;
};

template <class T, std::size_t N>
T const& one_of(T const (&list)[N], Prng& chance) {
    return list[chance.below(N)];
}

core::ActionSeen a_row(Prng& chance) {
    static std::string const texts[] = {"hoist", "hoist and sling"};
    static std::string const states[] = {"open", "open", "done", "not_done", "cancelled"};
    static std::string const owners[] = {"posei", "kfinch", "R. Lund"};
    static std::string const deadlines[] = {"2026-11-09", "2026-11-10", "2026-11-11T12:00"};
    core::ActionSeen row;
    row.reference = "a1";
    row.text = one_of(texts, chance);
    row.state = one_of(states, chance);
    row.owner = one_of(owners, chance);
    row.deadline = at(one_of(deadlines, chance));
    return row;
}

std::vector<Saying> a_story(Prng& chance, bool with_people) {
    std::vector<Saying> story;
    auto const count = static_cast<int>(chance.between(2, 8));
    for (int i = 0; i < count; ++i) {
        auto const when = to_rfc3339(at("2026-11-02T10:00").at + hours(i));
        story.push_back({when, a_row(chance), with_people && i > 0 && chance.chance(400)});
    }
    return story;
}

// The person in a bed, and what was said of the one action there is.
struct Told {
    Ward ward;
    Told() {
        ward.receive(a01("V1", "M1", "2026-11-02T08:00"));
        for (auto const* who : {"posei", "kfinch"}) {
            core::Command add;
            add.what = core::AddStaff{who, who, "social worker", "north"};
            RC_ASSERT(ward.command(add).has_value());
        }
    }
    core::Action const& action() const { return ward.stay("V1")->actions.at(0); }

    void hear(Saying const& said) {
        Message message{"row", said.when};
        message.source("hub").person("M1").observation.kind = said.row;
        ward.receive(std::move(message));
    }
    // Refused where it changes nothing, or the action is finished: then nothing was said.
    void enter(Saying const& said) {
        auto command = command_for("V1");
        command.entered_at = at(said.when).at;
        if (said.row.state == "open")
            command.what = core::MoveDeadline{action().id, said.row.deadline, "as agreed"};
        else
            command.what = core::FinishAction{action().id, said.row.state, "as agreed"};
        (void)ward.command(std::move(command));
    }
    // Of a finished one nobody asks by when, nor of whom.
    std::string picture() const {
        auto const& a = action();
        auto words = a.text.text + ", " + std::string{core::name_of(a.state)};
        if (a.state != core::ActionState::open) return words;
        return words + ", " + a.owner + a.owner_as_given.text + ", " + to_rfc3339(a.deadline);
    }
};

TEST(Actions, RowsInAnyOrderEndInWhatTheLatestSays) {
    hold("the latest row of an action counts", [](std::uint64_t seed) {
        Prng chance{seed};
        auto story = a_story(chance, false);
        auto const last = story.back();
        for (std::size_t i = story.size(); i > 1; --i)
            std::swap(story[i - 1], story[chance.below(i)]);
        Told told;
        told.ward.wait_until("2026-11-03T08:00");
        std::string diary;
        for (auto const& said : story) {
            told.hear(said);
            diary += said.when.substr(11, 5) + " " + told.picture() + "\n";
        }
        Told at_once;
        at_once.ward.wait_until("2026-11-03T08:00");
        at_once.hear(last);
        RC_LOG() << diary << "the latest: " << last.when << " " << at_once.picture();
        RC_ASSERT(told.picture() == at_once.picture());
    });
}

TEST(Actions, RowsThatComeAgainLaterUndoNothingThatPeopleSaid) {
    hold("a row that comes again changes nothing", [](std::uint64_t seed) {
        Prng chance{seed};
        auto const story = a_story(chance, true);
        Told once, again;
        std::string diary;
        for (std::size_t i = 0; i < story.size(); ++i) {
            auto const& said = story[i];
            for (auto* told : {&once, &again}) {
                told->ward.wait_until(to_rfc3339(at(said.when).at));
                said.by_hand ? told->enter(said) : told->hear(said);
            }
            diary += said.when.substr(11, 5) + (said.by_hand ? " by hand " : " ") + once.picture() +
                     "\n";
            auto const& older = story[chance.below(i + 1)];
            if (!older.by_hand && chance.chance(600)) {
                again.hear(older);
                diary += "again " + older.when.substr(11, 5) + " " + again.picture() + "\n";
            }
            RC_LOG() << diary;
            RC_ASSERT(again.picture() == once.picture());
        }
    });
}

}  // namespace
}  // namespace washup::tests
