"""Strangers of every kind knock while one who belongs goes on: keys_flood.py BASE KEY_FILE COUNT.

Prints the round trips of hello and welcome in peace and in the flood, and their ratio; the figures
are printed and not judged. Ends with 1 when one who belongs was not answered."""

import multiprocessing
import os
import socket
import sys
import time

import keys_wire
import wire
import zmq
from washup.v1 import ingest_pb2

BASE, KEY_FILE, COUNT = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
PORTS = (BASE, BASE + 1, BASE + 2, BASE + 11)
GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00CURVE".ljust(23, b"\x00") + bytes(32)


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def round_trips(dealer, stop):
    times = []
    hello = wire.message(wire.SOURCE_HELLO, ingest_pb2.SourceHello(source="ward", epoch="flood"))
    while not stop(times):
        begun = time.monotonic()
        dealer.send(hello)
        if dealer.receive_kind(wire.SOURCE_WELCOME, 10) is None:
            print("one who belongs was not answered")
            sys.exit(1)
        times.append((time.monotonic() - begun) * 1000)
        time.sleep(0.002)
    return times


def knock(number, held):
    """Plain TCP that says nothing, garbage, half a handshake: a third each."""
    try:
        stranger = socket.create_connection(("127.0.0.1", PORTS[number % len(PORTS)]), timeout=5)
        if number % 3 == 1:
            stranger.sendall(os.urandom(200))
        if number % 3 == 2:
            stranger.sendall(GREETING[: 10 + number % 54])
        held.append(stranger)
    except OSError:
        pass  # the kernel turned it away: so much the better


def unknown_keys(context, server_key, held):
    for port in PORTS:
        dealer = context.socket(zmq.DEALER)
        dealer.linger = 0
        public, secret = zmq.curve_keypair()
        dealer.curve_serverkey, dealer.curve_publickey, dealer.curve_secretkey = (
            server_key, public, secret)
        dealer.connect(f"tcp://127.0.0.1:{port}")
        held.append(dealer)


def flood(begin, done):
    begin.wait()
    held = []
    for number in range(COUNT):
        knock(number, held)
    unknown_keys(zmq.Context(), keys_wire.words_of(KEY_FILE)["daemon"].encode(), held)
    time.sleep(1)
    done.set()
    time.sleep(60)  # holds the connections open; ended by whoever began it


def main():
    done = multiprocessing.Event()
    # Before any socket, and a process of its own: the flood must not slow the one who measures.
    strangers = multiprocessing.Process(target=flood, args=(begin := multiprocessing.Event(), done))
    strangers.start()
    dealer = keys_wire.Dealer(BASE, KEY_FILE)
    peace = round_trips(dealer, lambda times: len(times) >= 1000)
    begin.set()
    storm = round_trips(dealer, lambda times: len(times) >= 1000 and done.is_set())
    strangers.terminate()
    strangers.join()
    for name, times in (("peace", peace), ("flood", storm)):
        print(f"{name}: {len(times)} round trips, p50 {percentile(times, 0.5):.2f} ms, "
              f"p99 {percentile(times, 0.99):.2f} ms")
    print(f"{COUNT} strangers, p99 ratio {percentile(storm, 0.99) / percentile(peace, 0.99):.2f}")
    return 0


sys.exit(main())
