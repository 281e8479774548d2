#!/usr/bin/env python3
"""Signs in and follows a view that is given to people and not to machines.

    follow_as_person.py HOST:N STAFF [VIEW [SECONDS]]

VIEW is 3 (tier 3, the default) or 4 (the room's). WASHUP_KEYS names the key file, of a workstation,
an operator or an auditor. The PIN is asked for on the terminal; where there is none, it is the
first line of the input. Prints a line per heartbeat. Ends with 0 when the fingerprint was right at
the last heartbeat before SECONDS were over, with 1 when the daemon refused or was wrong, with 2
when it ended the session."""

import getpass
import sys
import time

import follow_feed
import washup_wire as wire


class Refused(Exception):
    """In the daemon's words."""


def ask_pin(staff):
    if sys.stdin.isatty():
        return getpass.getpass(f"PIN of {staff}: ")
    return sys.stdin.readline().strip()


class PersonalView:
    """One connection: it signs in, follows, and carries what the person asks."""

    def __init__(self, host, base, view):
        self.view, self.follower = view, follow_feed.Follower(view)
        self.control = wire.dealer(host, base + 1)
        self.ended = None  # why, once it has

    def send(self, kind, message):
        self.control.send(wire.encode(kind, message))

    def sign_in(self, staff, pin, seconds=10):
        self.send("sign_in", wire.command.SignIn(staff=staff, pin=pin))
        if not self.control.poll(seconds * 1000):
            raise Refused("no answer")
        kind, payload = wire.decode(self.control.recv())
        if kind == "refusal":
            raise Refused(wire.common.Refusal.FromString(payload).words)
        answer = wire.command.SignInAnswer.FromString(payload)
        if not answer.accepted:
            raise Refused(f"{answer.code}: {answer.words}")
        self.send("follow_request", wire.command.FollowRequest(view=self.view))
        return answer

    def due(self):
        if self.ended is None and self.follower.due():
            self.send("snapshot_request", wire.command.SnapshotRequest(view=self.view))

    def take(self):
        """The verdict when this was a heartbeat."""
        kind, payload = wire.decode(self.control.recv())
        if kind == "session_ended":
            self.ended = wire.command.SessionEnded.FromString(payload)
            self.follower = follow_feed.Follower(self.view)  # the rows are not ours any more
        elif kind == "refusal":
            print("refused:", wire.common.Refusal.FromString(payload).words, flush=True)
        elif kind == "heartbeat":
            return self.follower.heartbeat(wire.feed.Heartbeat.FromString(payload))
        elif kind == "delta":
            self.follower.delta(wire.feed.Delta.FromString(payload))
        elif kind == "snapshot_chunk":
            self.follower.chunk(wire.feed.SnapshotChunk.FromString(payload))
        return None


def main():
    host, base = wire.daemon_address()
    staff = sys.argv[2]
    view = PersonalView(host, base, int(sys.argv[3]) if len(sys.argv) > 3 else 3)
    until = time.monotonic() + (float(sys.argv[4]) if len(sys.argv) > 4 else float("inf"))
    try:
        answer = view.sign_in(staff, ask_pin(staff))
    except Refused as no:
        print("not signed in:", no)
        return 1
    print(f"signed in as {answer.staff}; locked after {answer.idle_ms // 1000} s of nobody there")
    verdict = None
    while time.monotonic() < until:
        view.due()
        if not view.control.poll(100):
            continue
        said = view.take()
        if view.ended is not None:
            print(view.ended.words)
            return 2
        if said:
            verdict = said
            print(f"{said:8} record {view.follower.head} rows {len(view.follower.state.rows)}",
                  flush=True)
    return 0 if verdict == "right" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
