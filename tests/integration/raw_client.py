"""Sends what no client should send, to ingest and to control: each is refused in words, and
the next one, who behaves, is served."""

import sys

import wire
from washup.v1 import command_pb2, common_pb2, ingest_pb2

BASE = int(sys.argv[1])
FRAME_BYTES_MAX = 1024 * 1024
SECRET = b"SECRET Name"

# (what, octets, the code of the refusal)
BAD = [
    ("no header", SECRET, ("short", "magic")),
    ("another magic", wire.frame(wire.COMMAND, SECRET, magic=b"HTTP"), ("magic",)),
    ("an unknown version", wire.frame(wire.COMMAND, b"", version=99), ("version",)),
    ("an unknown kind", wire.frame(999, b""), ("kind",)),
    ("a wrong length", wire.frame(wire.COMMAND, SECRET, length=3), ("length",)),
    ("reserved octets", wire.frame(wire.COMMAND, b"", reserved=7), ("reserved",)),
    ("no protobuf (ingest)", wire.frame(wire.SOURCE_HELLO, b"\xff" + SECRET), None),
    ("no protobuf (control)", wire.frame(wire.COMMAND, b"\xff" + SECRET), None),
    ("another's kind", wire.frame(wire.HEARTBEAT, b""), None),
]
FAULTS = []


def expect(condition, words):
    if not condition:
        FAULTS.append(words)
        print("FAULT:", words)


def refusal(port, name, octets, codes):
    dealer = wire.Dealer(port)
    dealer.send(octets)
    got = dealer.receive_kind(wire.REFUSAL)
    expect(got is not None, f"{port - BASE}: {name}: no refusal")
    if got is None:
        return
    answer = common_pb2.Refusal.FromString(got)
    expect(answer.words, f"{port - BASE}: {name}: a refusal without words")
    expect(not codes or answer.code in codes, f"{port - BASE}: {name}: code {answer.code}")
    expect("SECRET" not in answer.words, f"{port - BASE}: {name}: the words repeat what was sent")


def oversize(port):
    """One octet above the bound: refused in words, or the connection ends; never a silence that
    leaves the sender waiting with an open connection and never a daemon that is gone."""
    dealer = wire.Dealer(port)
    events = dealer.socket.get_monitor_socket()
    dealer.send(wire.frame(wire.COMMAND, b"x" * (FRAME_BYTES_MAX - 15)))
    got = dealer.receive_kind(wire.REFUSAL, 5)
    if got is not None:
        answer = common_pb2.Refusal.FromString(got)
        expect(answer.code == "too_large", f"{port - BASE}: oversize: code {answer.code}")
        return
    disconnected = 0x0200
    seen = 0
    while events.poll(1000):
        seen |= int.from_bytes(events.recv_multipart()[0][:2], "little")
    expect(seen & disconnected, f"{port - BASE}: oversize: neither a refusal nor a lost connection")


def serves(port_of):
    source = wire.Dealer(port_of(0))
    source.send(wire.message(wire.SOURCE_HELLO, ingest_pb2.SourceHello(
        source="stranger", epoch="e1", profile="raw client")))
    expect(source.receive_kind(wire.SOURCE_WELCOME) is not None, "no welcome after the bad ones")
    asker = wire.Dealer(port_of(1))
    asker.send(wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(
        view=command_pb2.VIEW_TIER_3)))
    expect(asker.receive_kind(wire.SNAPSHOT_CHUNK) is not None, "no snapshot after the bad ones")


def main():
    for port in (BASE, BASE + 1):
        for name, octets, codes in BAD:
            here = "ingest" if port == BASE else "control"
            if "(" not in name or here in name:
                refusal(port, name, octets, codes)
        oversize(port)
    serves(lambda offset: BASE + offset)
    return 1 if FAULTS else 0


sys.exit(main())
