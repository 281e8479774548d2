"""What a cable between daemon and wall carries: keys_capture.py BASE PROXY KEY_FILE|- WORD...

A proxy of our own writes down every octet of the feed of tier 1 and of the control port, both
ways; a client follows through it and takes the snapshot. Prints what it found of WORD, and whether
the ward's name went by in the open (so that a capture without the words proves something)."""

import socket
import sys
import threading
import time

import keys_wire
import wire
from washup.v1 import command_pb2

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
    dealer.send(wire.message(wire.SNAPSHOT_REQUEST,
                             command_pb2.SnapshotRequest(view=command_pb2.VIEW_TIER_1)))
    rows += dealer.receive_kind(wire.SNAPSHOT_CHUNK) or b""
    if b"FORD" not in rows:
        print("the client saw no ward, so nothing is proven")
        return 1
    with lock:
        whole = bytes(captured)
    found = [word for word in WORDS if word in whole]
    print("octets", len(whole), "in the open" if b"FORD" in whole else "sealed", "found", found)
    return 1 if found else 0


sys.exit(main())
