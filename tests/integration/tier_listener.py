"""Listens to the feed of tier 1 as it is on the wire, and to that of tier 3 beside it: words that
the second must carry may not be in any octet of the first."""

import sys
import time

import wire
import zmq
from washup.v1 import command_pb2

BASE = int(sys.argv[1])
WORDS = [word.encode() for word in sys.argv[2:]]


def subscriber(port):
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.linger = 0
    socket.subscribe(b"")
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket


def snapshot(view):
    dealer = wire.Dealer(BASE + 1)
    dealer.send(wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(view=view)))
    return dealer.receive_kind(wire.SNAPSHOT_CHUNK) or b""


def main():
    feeds = {1: subscriber(BASE + 11), 3: subscriber(BASE + 2)}
    for tier, feed in feeds.items():
        if not feed.poll(10_000):
            print(f"tier {tier}: no heartbeat")
            return 1
    print("listening", flush=True)
    heard = {1: b"", 3: b""}
    until = time.monotonic() + 30
    while time.monotonic() < until and not (WORDS[0] in heard[3] and len(heard[1]) > 0):
        for tier, feed in feeds.items():
            while feed.poll(100):
                kind, payload = wire.read(feed.recv_multipart()[-1])
                heard[tier] += payload if kind == wire.DELTA else b""
    heard[1] += snapshot(command_pb2.VIEW_TIER_1)
    heard[3] += snapshot(command_pb2.VIEW_TIER_3)
    faults = [f"tier 1 carries {word!r}" for word in WORDS if word in heard[1]]
    if not heard[1] or b"FORD" not in heard[1]:
        faults.append("tier 1 carries nothing, so nothing is proven")
    if WORDS[0] not in heard[3] or WORDS[2] not in heard[3]:
        faults.append("tier 3 lacks name or number, so nothing is proven")
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
