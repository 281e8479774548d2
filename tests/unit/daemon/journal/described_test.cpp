// Every member of every journaled struct is told by its describe(), so that a new member cannot be
// left out of journal and schema alike. Members are counted by how many values the aggregate takes.

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>

#include "daemon/core/state.hpp"
#include "daemon/journal/wire_types.hpp"
#include "washup/v1/common.pb.h"

namespace washup::journal::test {

// Becomes whatever a member asks for. Never run; optional would also take it as its own content.
struct Anything {
    template <class T>
    requires(!is_optional<T>) operator T() const;
    template <class T>
    operator std::optional<T>() const;
};

}  // namespace washup::journal::test

namespace washup::journal {
namespace {

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires {
        T{(static_cast<void>(I), test::Anything{})...};
    };
}
template <class T, std::size_t N = 48>
constexpr std::size_t member_count() {
    if constexpr (takes<T>(std::make_index_sequence<N>{})) {
        return N;
    } else {
        return member_count<T, N - 1>();
    }
}

template <class T>
void check(char const* what) {
    T value;
    std::size_t described = 0;
    int last = 0;
    T::describe(value, [&](int number, auto&) {
        ++described;
        EXPECT_GT(number, last) << what << ": numbers rise, as the octets do";
        last = number;
    });
    EXPECT_EQ(described, member_count<T>()) << what;
}

struct TwoMembersOneTold {
    std::string told, forgotten;
    static void describe(auto& self, auto&& field) { field(1, self.told); }
};
struct WithOptional {
    std::optional<std::string> text;
    std::optional<std::int64_t> number;
    std::vector<int> many;
    Digest128 digest;
};

TEST(Described, CountsMembers) {
    EXPECT_EQ(member_count<TwoMembersOneTold>(), 2u);
    EXPECT_EQ(member_count<WithOptional>(), 4u);
    EXPECT_EQ(member_count<core::Sealed>(), 2u);
}

template <std::size_t... I>
void check_events(std::index_sequence<I...>) {
    (check<std::variant_alternative_t<I, core::Event>>(
         ("kind " + std::to_string(I + 1) + " of Event").c_str()),
     ...);
}

TEST(Described, EveryMemberOfEveryStructIsTold) {
    check_events(std::make_index_sequence<std::variant_size_v<core::Event>>{});
    check<core::Record>("Record");
    check<core::Cause>("Cause");
    check<core::Outcome>("Outcome");
    check<core::Value>("Value");
    check<core::Location>("Location");
    check<core::FactTimes>("FactTimes");
    check<core::Config>("Config");
    check<core::SiteConfig>("SiteConfig");
    check<core::WardConfig>("WardConfig");
    check<core::TeamConfig>("TeamConfig");
    check<core::SourceConfig>("SourceConfig");
    check<core::LadderStep>("LadderStep");
    check<core::ReasonConfig>("ReasonConfig");
    check<core::NamedCode>("NamedCode");
    check<core::MasterSource>("MasterSource");
    check<core::CalendarConfig>("CalendarConfig");
    check<core::WeekHours>("WeekHours");
    check<core::OpenHours>("OpenHours");
    check<core::Length>("Length");
    check<core::ClockConfig>("ClockConfig");
    check<core::MeetingTime>("MeetingTime");
    check<core::CycleConfig>("CycleConfig");
    check<core::PromptConfig>("PromptConfig");
    check<core::ZoneConfig>("ZoneConfig");
    check<core::ServiceKind>("ServiceKind");
    check<core::MeasureTarget>("MeasureTarget");
    check<core::Recalculation>("Recalculation");
    check<core::Organisation>("Organisation");
    check<core::FrozenLeaf>("FrozenLeaf");
    check<core::CountedPoint>("CountedPoint");
}

TEST(Described, EveryMemberOfWhatTheFoldHoldsIsTold) {
    check<core::Service>("Service");
    check<core::Staff>("Staff");
    check<core::InboxItem>("InboxItem");
    check<core::AnswerMemo>("AnswerMemo");
    check<core::SourceEpoch>("SourceEpoch");
    check<core::SourceState>("SourceState");
    check<core::CommandMemo>("CommandMemo");
    check<core::Person>("Person");
    check<core::KnownIdentifier>("KnownIdentifier");
    check<core::Stay>("Stay");
    check<core::VisitAlias>("VisitAlias");
    check<core::Blocker>("Blocker");
    check<core::SourceWord>("SourceWord");
    check<core::HandOver>("HandOver");
    check<core::Action>("Action");
    check<core::Milestone>("Milestone");
    check<core::Breach>("Breach");
    check<core::Discussion>("Discussion");
    check<core::PromptAnswer>("PromptAnswer");
    check<core::Request>("Request");
    check<core::RequestStep>("RequestStep");
    check<core::InappropriateDischarge>("InappropriateDischarge");
    check<core::Meeting>("Meeting");
    check<core::SentCause>("SentCause");
    check<core::CycleDecision>("CycleDecision");
    check<core::Answer>("Answer");
    check<core::FrozenPareto>("FrozenPareto");
    check<core::Cycle>("Cycle");
    check<core::TrendPoint>("TrendPoint");
    check<core::Figure>("Figure");
    check<core::ConfirmedPeriod>("ConfirmedPeriod");
    check<core::Maturity>("Maturity");
    check<core::FieldHistory>("FieldHistory");
    check<core::Fact>("Fact");
    check<core::Retraction>("Retraction");
    check<core::Confirmation>("Confirmation");
}

// The config is told by its digest; the eight indexes follow from the rest and are in an image
// beside it (state_image.cpp). Whatever is new must be in one of the two.
TEST(Described, EveryMemberOfStateIsToldOrIsAnIndex) {
    core::State state;
    std::size_t described = 0;
    core::State::describe(state, [&](int, auto&) { ++described; });
    constexpr std::size_t config_and_indexes = 9;
    EXPECT_EQ(described + config_and_indexes, member_count<core::State>());
}

// A field that may be observed and cannot be read back would make a journal that does not open.
TEST(Described, EveryFieldOfTheSchemaIsReadBack) {
    auto const* const schema = v1::Field_descriptor();
    std::set<core::Field> told;
    for (int i = 0; i < schema->value_count(); ++i) {
        auto const field = static_cast<core::Field>(schema->value(i)->number());
        told.insert(field);
        EXPECT_TRUE(known(field)) << schema->value(i)->name();
    }
    for (std::uint32_t n = 0; n < 200; ++n) {
        auto const field = static_cast<core::Field>(n);
        EXPECT_EQ(known(field), told.contains(field)) << n;
    }
}

}  // namespace
}  // namespace washup::journal
