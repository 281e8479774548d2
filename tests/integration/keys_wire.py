"""Clients with keys for the tests: the key file is read here a second time, from its own text."""

import pathlib
import re

import wire
import zmq


def words_of(key_file):
    return dict(re.findall(r'^(\w+) = "(.*)"$', pathlib.Path(key_file).read_text(), re.M))


def keyed(socket, key_file):
    words = words_of(key_file)
    socket.curve_serverkey = words["daemon"].encode()
    socket.curve_publickey = words["public"].encode()
    socket.curve_secretkey = words["secret"].encode()
    return socket


class Dealer(wire.Dealer):
    def __init__(self, port, key_file=None, host="127.0.0.1"):
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        if key_file:
            keyed(self.socket, key_file)
        self.socket.linger = 0
        self.socket.connect(f"tcp://{host}:{port}")


def subscriber(port, key_file=None):
    socket = zmq.Context.instance().socket(zmq.SUB)
    if key_file:
        keyed(socket, key_file)
    socket.linger = 0
    socket.subscribe(b"")
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket
