#!/usr/bin/env python3
"""Follows a view of the feed and checks its fingerprint at every heartbeat.

    follow_feed.py HOST:N [TIER [SECONDS]]

Prints a line per heartbeat. Ends with 0 when the fingerprint was right at the last heartbeat, with
1 when it was not or was wrong twice running, with 69 when no daemon was heard."""

import random
import sys
import time

import zmq

import washup_wire as wire


class Follower:
    """The rule of proto/README.md, "Following", with a snapshot asked for by itself."""

    def __init__(self, tier):
        self.tier = tier
        self.state = wire.FeedState()
        self.epoch, self.head = None, None  # of the rows; None: no snapshot yet
        self.daemon_epoch = None
        self.pending = []  # deltas that came while a snapshot is on its way
        self.parts = []  # of a step whose last part has not come
        self.incoming, self.next_chunk = None, 0
        self.waits, self.ask_at, self.vain = False, None, 0
        self.right = self.wrong = 0

    def want_snapshot(self):
        self.waits, self.pending, self.parts, self.incoming = True, [], [], None
        pause = 0.25 if self.vain == 0 else min(2 ** (self.vain - 1), 16)
        self.ask_at = time.monotonic() + pause * random.random()

    def due(self):
        """True when the snapshot is to be asked for now. Asked again when it does not come."""
        if self.ask_at is None or time.monotonic() < self.ask_at:
            return False
        self.vain += 1
        self.ask_at = time.monotonic() + 4 + random.random()
        self.incoming = None
        return True

    def heartbeat(self, beat):
        other = beat.epoch != self.daemon_epoch
        self.daemon_epoch = beat.epoch
        if self.waits:
            if other:
                self.vain = 0
                self.want_snapshot()
            return "syncing"
        if self.epoch != beat.epoch or beat.head > self.head:
            self.want_snapshot()
            return "syncing"
        if beat.head < self.head:
            return "ahead"  # the feed catches up with the snapshot
        if beat.fingerprint == self.state.fingerprint():
            self.right, self.wrong, self.vain = self.right + 1, 0, 0
            return "right"
        self.wrong += 1
        self.want_snapshot()
        return "WRONG"

    def delta(self, delta):
        if delta.epoch != self.daemon_epoch:
            return
        if self.waits:
            self.pending.append(delta)
            del self.pending[:-1000]  # the oldest are in the snapshot, or a hole will be seen
            return
        if self.head is None or delta.to <= self.head:
            return
        if getattr(delta, "from") > self.head:
            self.want_snapshot()
            self.pending = [delta]
            return
        self.take(delta)

    def take(self, delta):
        if delta.part == 0:
            self.parts = []
        if delta.part != len(self.parts):
            return self.want_snapshot()  # a part is missing
        self.parts.append(delta)
        if delta.more:
            return None
        for part in self.parts:
            for row in part.rows:
                self.state.put(row)
            for name in part.removed:
                self.state.remove(name.kind, name.id)
        self.head, self.parts = delta.to, []
        return None

    def chunk(self, chunk):
        if not self.waits or chunk.epoch != self.daemon_epoch or chunk.refused:
            if chunk.refused:
                print("refused:", chunk.refused)
            return
        if chunk.index == 0:
            self.incoming, self.next_chunk = wire.FeedState(), 0
        if self.incoming is None or chunk.index != self.next_chunk:
            self.incoming = None
            return
        self.next_chunk += 1
        self.ask_at = time.monotonic() + 4 + random.random()  # it is on its way
        for row in chunk.rows:
            self.incoming.put(row)
        if not chunk.last:
            return
        self.state, self.incoming = self.incoming, None
        self.epoch, self.head = chunk.epoch, chunk.head
        self.waits, self.ask_at = False, None
        waiting, self.pending = self.pending, []
        for delta in waiting:
            self.delta(delta)


def main():
    host, base = wire.daemon_address()
    tier = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else float("inf")
    subscription = wire.subscriber(host, wire.feed_port(base, tier))
    control = wire.dealer(host, base + 1)
    poller = zmq.Poller()
    poller.register(subscription, zmq.POLLIN)
    poller.register(control, zmq.POLLIN)

    follower = Follower(tier)
    verdict = None
    begun = heard = time.monotonic()
    while time.monotonic() - begun < seconds:
        ready = dict(poller.poll(100))
        for socket in (control, subscription):
            if socket not in ready:
                continue
            kind, payload = wire.decode(socket.recv())
            if kind == "heartbeat":
                beat = wire.feed.Heartbeat.FromString(payload)
                if beat.view != tier:
                    continue
                heard = time.monotonic()
                verdict = follower.heartbeat(beat)
                print(f"{verdict:8} record {beat.head} rows {len(follower.state.rows)}", flush=True)
                if follower.wrong >= 2:
                    return 1
            elif kind == "delta":
                delta = wire.feed.Delta.FromString(payload)
                if delta.view == tier:
                    follower.delta(delta)
            elif kind == "snapshot_chunk":
                follower.chunk(wire.feed.SnapshotChunk.FromString(payload))
        if follower.due():
            request = wire.command.SnapshotRequest(view=tier)
            control.send(wire.encode("snapshot_request", request))
        if time.monotonic() - heard > wire.LINK_LOST_S:
            print("no link", flush=True)
            heard = time.monotonic()
            verdict = None
    if verdict is None:
        return 69
    return 0 if verdict == "right" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
