"""The envelope of proto/README.md for the tests, written from that text and not from our C++."""

import struct

import zmq

VERSION = 1
SOURCE_HELLO, SOURCE_WELCOME, INGEST_RECORD, INGEST_ANSWER, COMMAND, ANSWER = range(1, 7)
SNAPSHOT_REQUEST, SNAPSHOT_CHUNK, DELTA, HEARTBEAT, HISTORY_REQUEST, HISTORY, REFUSAL = range(7, 14)
SIGN_IN, SIGN_IN_ANSWER, SIGN_OUT, SESSION_ENDED, PERSON_ACTED, FOLLOW_REQUEST = range(14, 20)
DOORS_REQUEST, DOORS_REPORT = range(20, 22)


def frame(kind, payload, version=VERSION, magic=b"WSHU", length=None, reserved=0):
    size = len(payload) if length is None else length
    return magic + struct.pack(">HHII", version, kind, size, reserved) + payload


def message(kind, protobuf):
    return frame(kind, protobuf.SerializeToString())


def read(octets):
    assert octets[:4] == b"WSHU", octets[:16]
    version, kind, length, reserved = struct.unpack(">HHII", octets[4:16])
    assert (version, reserved, length) == (VERSION, 0, len(octets) - 16)
    return kind, octets[16:]


class Dealer:
    def __init__(self, port):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(f"tcp://127.0.0.1:{port}")

    def send(self, octets):
        self.socket.send(octets)

    def receive(self, seconds=10):
        """(kind, payload), or None."""
        if not self.socket.poll(int(seconds * 1000)):
            return None
        return read(self.socket.recv_multipart()[-1])

    def receive_kind(self, wanted, seconds=10):
        """Skips what is not asked for (heartbeats on the same socket)."""
        while True:
            got = self.receive(seconds)
            if got is None or got[0] == wanted:
                return got and got[1]
