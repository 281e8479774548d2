// A follower that came at any time shows what a fresh fold of the journal shows.

#include "daemon/reader/reader.hpp"
#include "tests/property/properties.hpp"

namespace washup::tests {
namespace {

core::State fold(std::vector<engine::SharedRecord> const& records, std::size_t count) {
    core::State state;
    core::Changes changes;
    for (std::size_t i = 0; i < count; ++i) core::apply(state, *records[i], changes);
    return state;
}

// What a follower of one view holds, by the rules of the wire alone.
struct Follower {
    v1::View view;
    wire::FeedState rows;
    std::uint64_t head = 0;

    void take(reader::Outgoing const& out) {
        auto const frame = wire::decode(out.frame);
        RC_ASSERT(frame.has_value());
        if (frame->kind == wire::Kind::snapshot_chunk) {
            v1::SnapshotChunk chunk;
            RC_ASSERT(wire::parse(*frame, chunk).has_value());
            for (auto const& row : chunk.rows()) rows.put(row);
            head = chunk.head();
            return;
        }
        v1::Delta delta;
        RC_ASSERT(frame->kind == wire::Kind::delta && wire::parse(*frame, delta).has_value());
        RC_ASSERT(delta.from() == head);
        for (auto const& row : delta.rows()) rows.put(row);
        for (auto const& gone : delta.removed()) rows.remove(gone.kind(), gone.id());
        if (!delta.more()) head = delta.to();
    }
};

// Names the first row that differs, for whoever has to find out why.
std::string difference(wire::FeedState const& shown, wire::FeedState const& truth) {
    std::string words;
    auto const look = [&](char const* what, wire::FeedState const& a, wire::FeedState const& b) {
        a.for_each([&](v1::Row const& row) {
            auto const other = b.find(wire::row_kind(row), row.id());
            if (!words.empty()) return;
            if (other == nullptr) {
                words = what + row.ShortDebugString();
            } else if (wire::row_digest(row) != wire::row_digest(*other)) {
                words = row.ShortDebugString() + "\n  is not\n" + other->ShortDebugString();
            }
        });
    };
    look("shown and should not be: ", shown, truth);
    look("missing: ", truth, shown);
    return words;
}

TEST(Feed, ASnapshotAndTheDeltasAboveItAreTheSnapshotOfLaterAndOfAFreshFold) {
    hold("snapshot at k + deltas = snapshot at n = fresh fold", [](std::uint64_t seed) {
        Prng chance{seed};
        Desk desk;
        live_through(desk, chance.next(), static_cast<int>(chance.between(20, 160)));
        auto const& records = desk.appended();
        auto const k = static_cast<std::size_t>(chance.below(records.size()));
        reader::Reader live{fold(records, k), "e1"};
        std::vector<Follower> followers;
        for (auto const view : reader::published_views) {
            followers.push_back({view, {}, 0});
            std::vector<reader::Outgoing> out;
            live.snapshot(view, "me", out);
            for (auto const& chunk : out) followers.back().take(chunk);
        }
        for (auto next = k; next < records.size();) {
            // What was durable together is one delta.
            auto const batch = std::min<std::size_t>(1 + chance.below(6), records.size() - next);
            std::vector<reader::Reader::SharedRecord> const together(
                records.begin() + static_cast<std::ptrdiff_t>(next),
                records.begin() + static_cast<std::ptrdiff_t>(next + batch));
            std::vector<reader::Outgoing> out;
            live.apply(together, out);
            for (auto const& delta : out) {
                for (auto& follower : followers) {
                    if (follower.view == *delta.feed) follower.take(delta);
                }
            }
            next += batch;
        }
        reader::Reader const fresh{fold(records, records.size()), "e1"};
        for (auto const& follower : followers) {
            auto const& truth = fresh.view(follower.view).rows();
            RC_LOG() << "view " << follower.view << ": " << difference(follower.rows, truth);
            RC_ASSERT(follower.head == records.size());
            RC_ASSERT(follower.rows.fingerprint() == live.view(follower.view).rows().fingerprint());
            RC_ASSERT(follower.rows.fingerprint() == truth.fingerprint());
        }
    });
}

}  // namespace
}  // namespace washup::tests
