#pragma once
// What happened, in the ward's words and in the past tense. The meaning of an event never changes:
// a new meaning is a new type. Field numbers are those of proto/washup/v1/event.proto.

#include <variant>

#include "daemon/core/events_action.hpp"
#include "daemon/core/events_figures.hpp"
#include "daemon/core/events_house.hpp"
#include "daemon/core/events_meeting.hpp"
#include "daemon/core/events_stay.hpp"
#include "daemon/core/events_work.hpp"

namespace washup::core {

// The order is the field number of event.proto's oneof, from 1: only ever add at the end.
using Event = std::variant<
    ConfigAdopted, DayTurned, ClockStepped, SourceEpochBegan, RecordCounted, PersonRegistered,
    IdentifierAdded, PersonsMerged, MergeUndone, StayOpened, VisitNumberAdded, StayJoined,
    FactObserved, FactConfirmed, FactsRetracted, MilestoneReached, StayLetGo, BlockerOpened,
    BlockerClosed, ClockHandedOver, ActionAssigned, ActionFinished, DeadlineMoved,
    ActionBecameOverdue, CapacityReported, StaffAdded, InboxKept, InboxSettled, InboxCountedDown,
    StaffPinSet, PersonErased, PersonBegunAnew, ClockBreached, BreachWithdrawn, ActionHandedOver,
    StaffAwaySet, WashUpOpened, WashUpClosed, WashUpCancelled, StayDiscussed, StayParked,
    PromptAsked, CycleOpened, CycleClosed, CauseSent, CycleDecided, DecisionFinished, CauseAnswered,
    ParetoFrozen, DayCounted, FigureImported, PeriodConfirmed, InappropriateDischargeReported,
    MaturityConfirmed, RequestMade, RequestAnswered, BlockerReopened, WashUpRestored,
    BlockerConfirmed, ActionConfirmed, ActionReopened, ActionReworded>;

}  // namespace washup::core
