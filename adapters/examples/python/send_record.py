#!/usr/bin/env python3
"""A source in a page: says hello, opens one stay, waits for the durable answer.

    send_record.py HOST:N [VISIT_NUMBER]

The same visit number in a second run is another record about the same stay. Ends with 0 when the
record is durable, 1 when it was refused, 69 when no daemon answered."""

import hashlib
import secrets
import sys
import time

import washup_wire as wire

SOURCE = "example"


def receive(socket, wanted, message_type, seconds=10):
    """The next message of that kind; a Refusal ends the program."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not socket.poll(200):
            continue
        kind, payload = wire.decode(socket.recv())
        if kind == "refusal":
            refusal = wire.common.Refusal.FromString(payload)
            print(f"refused: {refusal.words} ({refusal.code})")
            sys.exit(1)
        if kind == wanted:
            return message_type.FromString(payload)
    print("no answer from the daemon")
    sys.exit(69)


def admission(visit_number, at_ms):
    """What this source says: a person came to a bed, on a ward, an hour ago."""
    observation = wire.ingest.Observation()
    observation.subject.visit.authority = "EXAMPLE"
    observation.subject.visit.number = visit_number
    observation.times.occurred.at_ms = at_ms
    observation.times.message_ms = at_ms
    observation.stay.effect = wire.ingest.StaySeen.ADMIT
    observation.stay.inpatient = True
    observation.stay.opens = True
    place = observation.facts.add(field=wire.common.FIELD_LOCATION).value.location
    place.site, place.ward, place.bed = "EXAMPLE", "Ford", "A1"
    observation.facts.add(field=wire.common.FIELD_NAME).value.text = "EXAMPLE, Person"
    admitted = observation.facts.add(field=wire.common.FIELD_ADMITTED_AT)
    admitted.value.moment.at_ms = at_ms
    return observation


def main():
    host, base = wire.daemon_address()
    visit_number = sys.argv[2] if len(sys.argv) > 2 else "1"
    socket = wire.dealer(host, base)

    # A program that keeps nothing has a new store, and so a new epoch, at each start.
    epoch = secrets.token_hex(16)
    hello = wire.ingest.SourceHello(source=SOURCE, epoch=epoch, profile="example in Python")
    socket.send(wire.encode("source_hello", hello))
    welcome = receive(socket, "source_welcome", wire.ingest.SourceWelcome)

    record = wire.ingest.IngestRecord(source=SOURCE, epoch=epoch, sequence=welcome.watermark + 1)
    record.observation.CopyFrom(admission(visit_number, welcome.daemon_time_ms - 3_600_000))
    record.record_name = "example 1"
    record.trigger = "example"
    raw = record.observation.SerializeToString()  # a real adapter digests what it received
    record.digest = hashlib.blake2b(raw, digest_size=32).digest()
    socket.send(wire.encode("ingest_record", record))

    answer = receive(socket, "ingest_answer", wire.ingest.IngestAnswer)
    outcome = wire.ingest.IngestAnswer.Outcome.Name(answer.outcome)
    again = ", a duplicate" if answer.duplicate else ""
    print(f"{outcome} at record {answer.record}{again} {answer.code} {answer.field} {answer.words}")
    return 1 if answer.outcome == wire.ingest.IngestAnswer.REFUSED else 0


if __name__ == "__main__":
    sys.exit(main())
