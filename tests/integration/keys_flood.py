"""Strangers of every kind knock while one who belongs goes on:
keys_flood.py BASE SOURCE_KEY WALL_KEY DESK_KEY COUNT

Peace and flood by turns in one run, so that whatever else the machine does is in both. Prints the
round trips of hello and welcome in each, and the ratio of their p99; the figures are printed and
not judged. Ends with 1 when one who belongs was not answered."""

import multiprocessing
import os
import socket
import sys
import time

import keys_wire
import wire
import zmq
from washup.v1 import command_pb2, ingest_pb2

BASE, KEY_FILE, WALL, DESK, COUNT = (int(sys.argv[1]), *sys.argv[2:5], int(sys.argv[5]))
PORTS = (BASE, BASE + 1, BASE + 10, BASE + 11)
GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00CURVE".ljust(23, b"\x00") + bytes(32)
ROUNDS = 5
TRIPS = 400  # of a turn, at least


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def round_trips(dealer, done):
    times = []
    hello = wire.message(wire.SOURCE_HELLO, ingest_pb2.SourceHello(source="ward", epoch="flood"))
    while len(times) < TRIPS or not done():
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


def keyed(context, port, server_key, public, secret):
    dealer = context.socket(zmq.DEALER)
    dealer.linger = 0
    dealer.curve_serverkey, dealer.curve_publickey, dealer.curve_secretkey = (
        server_key, public, secret)
    dealer.connect(f"tcp://127.0.0.1:{port}")
    return dealer


def wrong_keys(context, held):
    """Keys that are on no list, and keys that have no business at that door."""
    server_key = keys_wire.words_of(KEY_FILE)["daemon"].encode()
    wall = keys_wire.words_of(WALL)
    for port in PORTS:
        held.append(keyed(context, port, server_key, *zmq.curve_keypair()))
    for port in (BASE, BASE + 12):
        held.append(keyed(context, port, server_key, wall["public"].encode(),
                          wall["secret"].encode()))


def wrong_frames(held, count):
    """One who is let in, and asks for what is not theirs: commands of a wall, wrong PINs."""
    wall, desk = keys_wire.Dealer(BASE + 1, WALL), keys_wire.Dealer(BASE + 1, DESK)
    for number in range(count):
        wall.send(wire.message(wire.COMMAND, command_pb2.Command(id=str(number), actor="x")))
        if number % 20 == 0:
            desk.send(wire.message(wire.SIGN_IN, command_pb2.SignIn(staff="x", pin="99999")))
    held += [wall.socket, desk.socket]


def flood(begin, done, over):
    context = zmq.Context()
    for _ in range(ROUNDS):
        begin.wait()
        begin.clear()
        held = []
        for number in range(COUNT // ROUNDS):
            knock(number, held)
        wrong_keys(context, held)
        wrong_frames(held, COUNT // ROUNDS)
        time.sleep(0.5)
        done.set()
        over.wait()
        over.clear()
        for stranger in held:
            stranger.close()


def main():
    # Before any socket, and a process of its own: the flood must not slow the one who measures.
    events = [multiprocessing.Event() for _ in range(3)]
    begin, done, over = events
    strangers = multiprocessing.Process(target=flood, args=events)
    strangers.start()
    dealer = keys_wire.Dealer(BASE, KEY_FILE)
    peace, storm = [], []
    round_trips(dealer, lambda: True)  # the first ones are slower on both sides
    for _ in range(ROUNDS):
        peace += round_trips(dealer, lambda: True)
        begin.set()
        storm += round_trips(dealer, done.is_set)
        done.clear()
        over.set()
        time.sleep(0.5)
    strangers.join(30)
    if strangers.is_alive():
        strangers.terminate()
    for name, times in (("peace", peace), ("flood", storm)):
        print(f"{name}: {len(times)} round trips, p50 {percentile(times, 0.5):.2f} ms, "
              f"p99 {percentile(times, 0.99):.2f} ms")
    print(f"{COUNT} strangers in {ROUNDS} turns, p99 ratio "
          f"{percentile(storm, 0.99) / percentile(peace, 0.99):.2f} (aim: at most 2)")
    return 0


sys.exit(main())
