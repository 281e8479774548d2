"""Prints head and fingerprint of one heartbeat of the full view, from the wire."""

import sys

import wire
import zmq
from washup.v1 import feed_pb2

socket = zmq.Context.instance().socket(zmq.SUB)
socket.linger = 0
socket.subscribe(b"")
socket.connect(f"tcp://127.0.0.1:{int(sys.argv[1]) + 2}")
while socket.poll(10_000):
    kind, payload = wire.read(socket.recv_multipart()[-1])
    if kind == wire.HEARTBEAT:
        heartbeat = feed_pb2.Heartbeat.FromString(payload)
        print(heartbeat.head, heartbeat.fingerprint.hex())
        sys.exit(0)
sys.exit(1)
