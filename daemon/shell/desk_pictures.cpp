#include "daemon/engine/past.hpp"
#include "daemon/report/report.hpp"
#include "daemon/shell/desk.hpp"
#include "washup/v1/command.pb.h"

// What is shown to whom: snapshots, histories, and the personal views while somebody is signed in.

namespace washup::shell {

using access::Door;

namespace {

template <class Request>
PastThread::Moment moment_of(Request const& request, std::string const& from, bool personal) {
    return {Instant{request.as_of_ms()},
            request.as_known_now() ? engine::KnownBy::now : engine::KnownBy::then, from, personal};
}

}  // namespace

// By the machine's key, and for what it is given to people only, by the person's role.
Result<void> Desk::may_see(access::Peer const& who, int view) {
    auto const& ring = doors_.ring();
    auto const* const session = sessions_.of(who, house_.now());
    if (auto const may = ring.may_see(who.key, view, session != nullptr); !may) return may;
    if (!keyed() || session == nullptr || ring.may_see(who.key, view, false)) {
        return boost::system::in_place_value;
    }
    return gate_.may_see(house_.state(), session->staff, view);
}

void Desk::on_snapshot(std::string const& from, wire::Frame const& frame) {
    auto const message = read<v1::SnapshotRequest>(from, frame);
    if (!message) return;
    auto const view = message->view();
    if (!v1::View_IsValid(view)) return refuse(from, invalid("there is no such view", "view"));
    auto const who = peer(from);
    auto const& ring = doors_.ring();
    if (auto const may = may_see(who, view); !may) return refuse(from, may.error());
    // Where nobody signs in and it is given all the same, it is not held back either.
    auto const personal =
        keyed() && access::is_personal(view) && !ring.may_see(who.key, view, false);
    if (message->as_of_ms() == 0) {
        return asked(from, house_.reader(ReaderThread::SnapshotWanted{view, from, personal}));
    }
    step(access::Acted{who});
    asked(from, house_.past(PastThread::PictureWanted{moment_of(*message, from, personal), view}));
}

void Desk::on_history(std::string const& from, wire::Frame const& frame) {
    auto const message = read<v1::HistoryRequest>(from, frame);
    if (!message) return;
    auto const who = peer(from);
    if (auto const may = may_see(who, v1::VIEW_TIER_3); !may) return refuse(from, may.error());
    step(access::Acted{who});
    auto const stay = ingest::read_stay_name(message->stay(), house_.hash);
    if (message->as_of_ms() == 0) {
        return asked(from, house_.reader(ReaderThread::HistoryWanted{stay, from, keyed()}));
    }
    asked(from, house_.past(PastThread::HistoryWanted{moment_of(*message, from, keyed()), stay}));
}

// A report of no tier that people alone may see is a machine's too.
void Desk::on_report(std::string const& from, wire::Frame const& frame) {
    auto const message = read<v1::ReportRequest>(from, frame);
    if (!message) return;
    reader::ReportAsked asked_for;
    asked_for.name = message->name();
    for (auto const& option : message->options()) asked_for.options[option.key()] = option.value();
    asked_for.with_stays = message->with_stays();
    auto const* const kind = report::find_kind(asked_for.name);
    auto const who = peer(from);
    // Who stands behind a count is no count any more.
    auto const tier = asked_for.with_stays ? 3 : kind == nullptr ? 0 : kind->tier;
    auto const& ring = doors_.ring();
    auto const of_paper = ring.prints_sheet(who.key);
    auto const plain = message->as_of_ms() == 0 && !asked_for.with_stays;
    auto const may = of_paper ? ring.may_print(who.key, asked_for.name, plain) : may_see(who, tier);
    if (!may) return refuse(from, may.error());
    step(access::Acted{who});
    // Where nobody signs in it is not held back until somebody does.
    auto const personal = keyed() && access::is_personal(tier) && !of_paper;
    if (message->as_of_ms() == 0) {
        return asked(from, house_.reader(ReaderThread::ReportWanted{asked_for, from, personal}));
    }
    asked(from,
          house_.past(PastThread::ReportWanted{moment_of(*message, from, personal), asked_for}));
}

void Desk::on_follow(std::string const& from, wire::Frame const& frame) {
    auto const message = read<v1::FollowRequest>(from, frame);
    if (!message) return;
    auto const view = message->view();
    if (!keyed() || !v1::View_IsValid(view) || !access::is_personal(view)) {
        return refuse(from, invalid("this view has a feed of its own; subscribe to it", "view"));
    }
    auto const who = peer(from);
    if (auto const may = may_see(who, view); !may) return refuse(from, may.error());
    if (view == v1::VIEW_ROOM && !message->stop() && !house_.reader(ReaderThread::RoomWanted{})) {
        return asked(from, false);
    }
    step(access::FollowAsked{who, view, message->stop()});
}

void Desk::give(reader::Outgoing const& out) {
    if (!out.feed) {
        if (out.personal && sessions_.at(out.to) == nullptr) return;  // ended meanwhile
        doors_.control().try_send(out.to, out.frame);  // or it is gone; it asks again
        return;
    }
    if (!access::is_personal(*out.feed) || !keyed()) {
        if (*out.feed <= v1::VIEW_TIER_3)
            doors_.feed(static_cast<int>(*out.feed)).try_send(out.frame);
        return;
    }
    for (auto const& [to, session] : sessions_.all()) {
        // Too slow to take it all: it sees a hole, and asks for the whole.
        if (session.views.contains(*out.feed)) doors_.control().try_send(to, out.frame);
    }
}

}  // namespace washup::shell
