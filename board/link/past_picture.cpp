#include "board/link/past_picture.hpp"

#include "board/link/asker.hpp"
#include "board/model/project.hpp"
#include "proto/base/clock.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {

Result<std::shared_ptr<Model const>> past_picture(PastQuestion const& question) {
    v1::SnapshotRequest request;
    request.set_view(static_cast<v1::View>(question.tier));
    request.set_as_of_ms(question.at.ms);
    request.set_as_known_now(question.as_known_now);
    auto model = std::make_shared<Model>();
    model->tier = question.tier;
    std::uint32_t next = 0;
    auto const take = [&](wire::Frame const& frame) {
        v1::SnapshotChunk chunk;
        if (frame.kind != wire::Kind::snapshot_chunk || !wire::parse(frame, chunk)) return false;
        if (chunk.as_of_ms() != question.at.ms || chunk.index() != next) return false;
        ++next;
        for (auto const& row : chunk.rows()) apply_row(*model, row);
        model->head = chunk.head();
        return chunk.last();
    };
    auto const asked = wire::encode(wire::Kind::snapshot_request, request);
    if (auto const done = ask_once(question.whom, asked, take); !done) return done.error();
    v1::Heartbeat beat;
    beat.set_daemon_time_ms(question.at.ms);
    beat.set_view(static_cast<v1::View>(question.tier));
    beat.set_rate(1);
    beat.set_clock_trusted(true);
    apply_heartbeat(*model, beat, steady_now().ms);
    model->complete = true;
    model->link.phase = LinkPhase::past;
    return std::shared_ptr<Model const>(std::move(model));
}

Result<std::shared_ptr<v1::History const>> past_history(PastQuestion const& question,
                                                        std::string const& stay) {
    v1::HistoryRequest request;
    request.set_stay(stay);
    request.set_as_of_ms(question.at.ms);
    request.set_as_known_now(question.as_known_now);
    auto history = std::make_shared<v1::History>();
    auto const take = [&](wire::Frame const& frame) {
        return frame.kind == wire::Kind::history && wire::parse(frame, *history).has_value();
    };
    auto const asked = wire::encode(wire::Kind::history_request, request);
    if (auto const done = ask_once(question.whom, asked, take); !done) return done.error();
    return std::shared_ptr<v1::History const>(std::move(history));
}

}  // namespace washup::board
