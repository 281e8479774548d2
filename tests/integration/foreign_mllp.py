"""A ward system that nobody here wrote: frames in pieces, several in one packet, bad ones between
good ones, several connections. Every readable message gets its own acknowledgement, in order."""

import socket
import sys
import time

PORT = int(sys.argv[1])
START, END = b"\x0b", b"\x1c\r"
WHEN = time.strftime("%Y%m%d%H%M%S", time.localtime(time.time() - 7200))
FAULTS = []


def adt(control, visit, trigger="A01", line_end="\r"):
    return line_end.join([
        f"MSH|^~\\&|FOREIGN|RZZ|WASHUP|RZZ|{WHEN}||ADT^{trigger}|{control}|P|2.4",
        f"EVN|{trigger}|{WHEN}",
        f"PID|1||F{visit}^^^RZZ^MR||FOREIGN^Bea||19380102|F",
        f"PV1|1|I|KENT^A^A1^STM" + "|" * 16 + f"{visit}^^^RZZ" + "|" * 25 + WHEN, ""]).encode()


class Ward:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PORT), timeout=20)
        self.held = b""

    def send(self, octets):
        self.socket.sendall(octets)

    def ack(self, seconds=20):
        """The next acknowledgement's (code, control id); None at silence or at a closed door."""
        self.socket.settimeout(seconds)
        try:
            while END not in self.held:
                piece = self.socket.recv(4096)
                if not piece:
                    return None
                self.held += piece
        except (socket.timeout, ConnectionError):
            return None
        content, self.held = self.held.split(END, 1)
        for segment in content.lstrip(START).decode("utf-8", "replace").split("\r"):
            fields = segment.split("|")
            if fields[0] == "MSA":
                return fields[1], fields[2]
        return "no MSA", ""


def expect(words, got, wanted):
    if got != wanted:
        FAULTS.append(words)
        print(f"FAULT: {words}: {got!r}, not {wanted!r}")


def in_pieces():
    ward = Ward()
    octets = START + adt("C1", "P1") + END
    for at in range(0, len(octets), 7):
        ward.send(octets[at:at + 7])
        time.sleep(0.002)
    expect("in pieces of seven octets", ward.ack(), ("AA", "C1"))
    for octet in START + adt("C2", "P2") + END:
        ward.send(bytes([octet]))
    expect("octet by octet", ward.ack(), ("AA", "C2"))


def in_bundles():
    ward = Ward()
    ward.send(b"".join(START + adt(f"C{n}", f"P{n}") + END for n in (3, 4, 5)))
    expect("three in one packet", [ward.ack() for _ in range(3)],
           [("AA", "C3"), ("AA", "C4"), ("AA", "C5")])


def with_line_ends():
    ward = Ward()
    ward.send(START + adt("C6", "P6", line_end="\n") + END)
    expect("LF", ward.ack(), ("AA", "C6"))
    ward.send(START + adt("C7", "P7", line_end="\r\n") + END)
    expect("CRLF", ward.ack(), ("AA", "C7"))


def with_bad_ones():
    ward = Ward()
    ward.send(b"noise before a frame" + START + adt("C8", "P8") + END)
    got = ward.ack()
    if got is not None:  # closing the door on noise is as good as skipping it
        expect("after noise", got, ("AA", "C8"))
    for name, content in (("no MSH", b"PID|1||X\rPV1|1|I\r"),
                          ("no control id", adt("", "P8")), ("empty", b"")):
        stranger = Ward()
        stranger.send(START + content + END)
        expect(f"{name}: never an acknowledgement", stranger.ack(3), None)
    half = Ward()
    half.send(START + adt("C8", "P8")[:40])
    half.socket.close()


def several_at_once():
    wards = [Ward() for _ in range(8)]
    for number, ward in enumerate(wards):
        ward.send(START + adt(f"S{number}", f"Q{number}") + END)
    expect("eight connections", [ward.ack() for ward in wards],
           [("AA", f"S{number}") for number in range(8)])


def again_and_last():
    ward = Ward()
    ward.send(START + adt("C1", "P1") + END)
    expect("the same again", ward.ack(), ("AA", "C1"))
    ward.send(START + adt("Z1", "P1", trigger="A60") + END)
    expect("a trigger that is not handled is kept", ward.ack(), ("AA", "Z1"))
    ward.send(START + adt("C9", "P9") + END)
    expect("the last", ward.ack(), ("AA", "C9"))


for part in (in_pieces, in_bundles, with_line_ends, with_bad_ones, several_at_once, again_and_last):
    part()
sys.exit(1 if FAULTS else 0)
