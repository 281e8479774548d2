"""The protocol of proto/README.md in Python: envelope, fingerprint, and a follower. Written from
that text, as anybody would in another language. Needs python3-zmq, python3-protobuf and protoc."""

import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

import zmq

VERSION = 1
FRAME_BYTES_MAX = 1024 * 1024
KINDS = (
    "source_hello source_welcome ingest_record ingest_answer command answer snapshot_request "
    "snapshot_chunk delta heartbeat history_request history refusal sign_in sign_in_answer "
    "sign_out session_ended person_acted follow_request doors_request doors_report "
    "standing_request standing report_request report_chunk"
).split()
KIND_NUMBER = {name: number for number, name in enumerate(KINDS, start=1)}
LINK_LOST_S = 3.0


def load_schema():
    """Compiles the schema into a temporary folder, once per process."""
    root = pathlib.Path(__file__).resolve().parents[3] / "proto"
    out = tempfile.TemporaryDirectory(prefix="washup-schema-")
    schemas = sorted((root / "washup" / "v1").glob("*.proto"))
    subprocess.run(
        ["protoc", f"-I{root}", f"--python_out={out.name}"]
        + [str(schema) for schema in schemas],
        check=True,
    )
    sys.path.insert(0, out.name)
    from washup.v1 import command_pb2, common_pb2, feed_pb2, ingest_pb2

    out.cleanup()  # the modules are loaded
    return common_pb2, ingest_pb2, command_pb2, feed_pb2


common, ingest, command, feed = load_schema()


# ---- Envelope ----


def encode(kind, message):
    payload = message.SerializeToString()
    if len(payload) + 16 > FRAME_BYTES_MAX:
        raise ValueError("the message does not fit a frame")
    return b"WSHU" + struct.pack(">HHII", VERSION, KIND_NUMBER[kind], len(payload), 0) + payload


def decode(octets):
    """(kind, payload); ValueError says what is wrong."""
    if len(octets) > FRAME_BYTES_MAX or len(octets) < 16 or octets[:4] != b"WSHU":
        raise ValueError("not a frame")
    version, kind, length, reserved = struct.unpack(">HHII", octets[4:16])
    if version != VERSION or reserved != 0 or not 1 <= kind <= len(KINDS):
        raise ValueError(f"version {version}, kind {kind} are not known here")
    if length != len(octets) - 16:
        raise ValueError("the length is wrong")
    return KINDS[kind - 1], octets[16:]


# ---- Fingerprint ----


def _value(field, value):
    if field.cpp_type == field.CPPTYPE_MESSAGE:
        return _fields(value)
    if field.cpp_type == field.CPPTYPE_BOOL:
        return b"\1" if value else b"\0"
    if field.cpp_type == field.CPPTYPE_STRING:
        return value if isinstance(value, bytes) else value.encode()
    return struct.pack(">Q", value & 0xFFFFFFFFFFFFFFFF)  # two's complement


def _fields(message):
    out = b""
    for field, value in message.ListFields():  # the set ones, in number order
        for one in value if field.label == field.LABEL_REPEATED else [value]:
            octets = _value(field, one)
            out += struct.pack(">II", field.number, len(octets)) + octets
    return out


def row_name(row):
    """(kind, id), or None for a row of a kind that is not known here."""
    which = row.WhichOneof("of")
    return which and (row.DESCRIPTOR.fields_by_name[which].number, row.id)


def row_term(row):
    kind, name = row_name(row)
    octets = struct.pack(">I", kind)
    octets += struct.pack(">I", len(name.encode())) + name.encode()
    octets += struct.pack(">Q", row.version)
    octets += _fields(getattr(row, row.WhichOneof("of")))
    return int.from_bytes(hashlib.blake2b(octets, digest_size=16).digest(), "big")


class FeedState:
    def __init__(self):
        self.rows = {}
        self.sum = 0

    def put(self, row):
        name = row_name(row)
        if name is None:
            return
        self.remove(*name)
        term = row_term(row)
        self.rows[name] = (row, term)
        self.sum = (self.sum + term) % 2**128

    def remove(self, kind, name):
        gone = self.rows.pop((kind, name), None)
        if gone:
            self.sum = (self.sum - gone[1]) % 2**128

    def fingerprint(self):
        return self.sum.to_bytes(16, "big")


# ---- Sockets ----


def read_key_file(path):
    """The words of a key file: name, public, secret, daemon."""
    if os.stat(path).st_mode & 0o077:
        raise ValueError(f"{path} may be read by others; run: chmod 0600 {path}")
    words = {}
    for line in pathlib.Path(path).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, value = line.partition("=")
            words[word.strip()] = value.strip().strip('"')
    return words


def with_keys(socket):
    """WASHUP_KEYS names the key file; without it the daemon must be one without keys."""
    if path := os.environ.get("WASHUP_KEYS"):
        keys = read_key_file(path)
        socket.curve_serverkey = keys["daemon"].encode()
        socket.curve_publickey = keys["public"].encode()
        socket.curve_secretkey = keys["secret"].encode()
    return socket


def dealer(host, port):
    socket = with_keys(zmq.Context.instance().socket(zmq.DEALER))
    socket.linger = 0
    socket.connect(f"tcp://{host}:{port}")
    return socket


def subscriber(host, port):
    socket = with_keys(zmq.Context.instance().socket(zmq.SUB))
    socket.linger = 0
    socket.subscribe(b"")
    socket.connect(f"tcp://{host}:{port}")
    return socket


def feed_port(base, tier):
    return base + 2 if tier == 3 else base + 10 + tier


def daemon_address(default="127.0.0.1:7700"):
    """HOST:N from the first argument."""
    text = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WASHUP_DAEMON", default)
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", int(port)
