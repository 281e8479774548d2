"""What a cable between daemon and wall carries: keys_capture.py BASE PROXY KEY_FILE|- WORD...

A proxy of our own writes down every octet of the feed of tier 1 and of the control port, both
ways; a client follows through it, takes the snapshot, and one of the minute before. With a key it
then asks for what is not a wall's, and is refused; and with CAPTURE_PERSON=KEY_FILE:STAFF:PIN a
person signs in over the same cable and is given tier 3. Prints what it found of WORD (and of the
PIN), and whether the ward's name went by in the open (so that a capture without the words proves
something)."""

import os
import socket
import sys
import threading
import time

import keys_wire
import wire
from washup.v1 import command_pb2, common_pb2, feed_pb2

BASE, PROXY, KEYS = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
WORDS = [word.encode() for word in sys.argv[4:]]
captured = bytearray()
lock = threading.Lock()


def pump(source, sink):
    try:
        while octets := source.recv(65536):
            with lock:
                captured.extend(octets)
            sink.sendall(octets)
    except OSError:
        pass
    sink.close()


def proxy(listen_port, target_port):
    listener = socket.create_server(("127.0.0.1", listen_port))

    def serve():
        while True:
            client, _ = listener.accept()
            daemon = socket.create_connection(("127.0.0.1", target_port))
            for pair in ((client, daemon), (daemon, client)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()


def snapshot(dealer, view):
    """All its chunks; empty when it was refused."""
    dealer.send(wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(view=view)))
    octets = b""
    while got := dealer.receive(10):
        if got[0] == wire.REFUSAL:
            return b""
        if got[0] == wire.SNAPSHOT_CHUNK:
            octets += got[1]
            if feed_pb2.SnapshotChunk.FromString(got[1]).last:
                return octets
    return octets


def past(dealer):
    """A picture of this minute, made by another thread of the daemon."""
    dealer.send(wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(
        view=command_pb2.VIEW_TIER_1, as_of_ms=int(time.time() * 1000))))
    dealer.receive(10)


def refused_more(dealer):
    """What is not a wall's, asked for by a wall: refused, in words that name nobody."""
    asked = [wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(view=view))
             for view in (2, 3, 4)]
    asked.append(wire.message(wire.HISTORY_REQUEST, command_pb2.HistoryRequest(stay="#1")))
    asked.append(wire.message(wire.FOLLOW_REQUEST, command_pb2.FollowRequest(view=3)))
    for octets in asked:
        dealer.send(octets)
        got = dealer.receive(10)
        if got is None or got[0] != wire.REFUSAL:
            print("a wall was not refused:", got and got[0])
            return False
        if common_pb2.Refusal.FromString(got[1]).code != "role":
            print("refused for another reason:", got[1])
            return False
    return True


def person_sees_all():
    """The names do go over this cable, to a person: and nobody beside it reads them."""
    person = os.environ.get("CAPTURE_PERSON")
    if not person:
        return True
    key_file, staff, pin = person.split(":")
    WORDS.append(pin.encode())
    dealer = keys_wire.Dealer(PROXY + 1, key_file)
    dealer.send(wire.message(wire.SIGN_IN, command_pb2.SignIn(staff=staff, pin=pin)))
    answer = command_pb2.SignInAnswer.FromString(dealer.receive_kind(wire.SIGN_IN_ANSWER) or b"")
    dealer.send(wire.message(wire.FOLLOW_REQUEST, command_pb2.FollowRequest(view=3)))
    beat = dealer.receive_kind(wire.HEARTBEAT)
    rows = snapshot(dealer, command_pb2.VIEW_TIER_3)
    if not answer.accepted or beat is None or WORDS[0] not in rows:
        print("the person was not given what is theirs:", answer.words)
        return False
    print("a person saw the name")
    return True


def main():
    key_file = None if KEYS == "-" else KEYS
    proxy(PROXY, BASE + 11)
    proxy(PROXY + 1, BASE + 1)
    feed = keys_wire.subscriber(PROXY, key_file)
    if not feed.poll(10_000):
        print("no heartbeat")
        return 1
    print("listening", flush=True)
    rows = b""
    until = time.monotonic() + 30
    while time.monotonic() < until and b"FORD" not in rows:
        if feed.poll(100):
            kind, payload = wire.read(feed.recv_multipart()[-1])
            rows += payload if kind == wire.DELTA else b""
    dealer = keys_wire.Dealer(PROXY + 1, key_file)
    rows += snapshot(dealer, command_pb2.VIEW_TIER_1)
    if b"FORD" not in rows:
        print("the client saw no ward, so nothing is proven")
        return 1
    past(dealer)
    if key_file and not (refused_more(dealer) and person_sees_all()):
        return 1
    with lock:
        whole = bytes(captured)
    found = [word for word in WORDS if word in whole]
    print("octets", len(whole), "in the open" if b"FORD" in whole else "sealed", "found", found)
    return 1 if found else 0


sys.exit(main())
