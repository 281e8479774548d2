"""What a person is given and when it ends: personal_view.py BASE STAFF VIEW WORD...

Signs in with the example's client (the PIN is the first line of the input, the key file is
WASHUP_KEYS), follows the view, and prints "found [...]" of WORD once its rows are confirmed. Then
it listens: "ended WHY", "connection ended", and what it was still given after the end."""

import os
import pathlib
import sys
import time

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "adapters/examples/python"
sys.path.insert(0, str(EXAMPLES))

import follow_as_person  # noqa: E402
import washup_wire as wire  # noqa: E402
import zmq  # noqa: E402

BASE, STAFF, VIEW, WORDS = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]
DISCONNECTED = 0x0200
REST_S = 2.5  # more than two heartbeats


def say(*words):
    print(*words, flush=True)


def rows_of(view):
    return b"".join(row.SerializeToString() for row, _ in view.follower.state.rows.values())


def after_the_end(view):
    """Asks for it all the same, and listens for whatever comes."""
    view.send("snapshot_request", wire.command.SnapshotRequest(view=VIEW))
    view.send("history_request", wire.command.HistoryRequest(stay="#1"))
    got, until = [], time.monotonic() + REST_S
    while time.monotonic() < until:
        if view.control.poll(100):
            got.append(wire.decode(view.control.recv())[0])
    say("after the end:", " ".join(sorted(set(got))) or "nothing")


def main():
    view = follow_as_person.PersonalView("127.0.0.1", BASE, VIEW)
    events = view.control.get_monitor_socket(DISCONNECTED)
    try:
        say("signed in as", view.sign_in(STAFF, sys.stdin.readline().strip()).staff)
    except follow_as_person.Refused as no:
        say("not signed in:", no)
        return 1
    told = False
    until = time.monotonic() + float(os.environ.get("PERSONAL_VIEW_S", "200"))
    while time.monotonic() < until:
        view.due()
        if events.poll(0):
            say("connection ended")
            return 0
        if not view.control.poll(100):
            continue
        verdict = view.take()
        if view.ended is not None:
            say("ended", view.ended.why)
            after_the_end(view)
            if events.poll(0):
                say("connection ended")
            return 0
        if verdict == "WRONG":
            say("WRONG")
        if verdict == "right" and not told and all(w.encode() in rows_of(view) for w in WORDS[:1]):
            told = True
            say("found", [word for word in WORDS if word.encode() in rows_of(view)])
    return 1


sys.exit(main())
