"""A source in another language: hello, one record, its answer, the same record again; then the
snapshot over control holds it, and a command on it is answered."""

import hashlib
import sys
import time

import wire
from washup.v1 import command_pb2, common_pb2, feed_pb2, ingest_pb2

BASE = int(sys.argv[1])


def stay_record(sequence, welcome):
    now = welcome.daemon_time_ms - 3_600_000
    record = ingest_pb2.IngestRecord(source="py", epoch="e1", sequence=sequence, trigger="A01",
                                     record_name="message 1",
                                     digest=hashlib.blake2b(b"one", digest_size=32).digest())
    seen = record.observation
    seen.subject.visit.authority, seen.subject.visit.number = "RZZ", "PY1"
    seen.times.occurred.at_ms = seen.times.recorded_ms = seen.times.message_ms = now
    seen.stay.effect = ingest_pb2.StaySeen.ADMIT
    seen.stay.inpatient = seen.stay.opens = True
    place = seen.facts.add(field=common_pb2.FIELD_LOCATION).value.location
    place.site, place.ward, place.bed = "STM", "FORD", "A1"
    return record


def main():
    source = wire.Dealer(BASE)
    source.send(wire.message(wire.SOURCE_HELLO, ingest_pb2.SourceHello(
        source="py", epoch="e1", profile="python")))
    welcome = ingest_pb2.SourceWelcome.FromString(source.receive_kind(wire.SOURCE_WELCOME))
    assert welcome.watermark == 0, welcome
    assert welcome.in_flight_max > 0
    record = stay_record(1, welcome)
    source.send(wire.message(wire.INGEST_RECORD, record))
    answer = ingest_pb2.IngestAnswer.FromString(source.receive_kind(wire.INGEST_ANSWER))
    assert answer.outcome == ingest_pb2.IngestAnswer.ACCEPTED and not answer.duplicate, answer
    assert answer.sequence == 1 and answer.record > 0

    source.send(wire.message(wire.INGEST_RECORD, record))
    again = ingest_pb2.IngestAnswer.FromString(source.receive_kind(wire.INGEST_ANSWER))
    assert again.duplicate and again.record == answer.record, again

    source.send(wire.message(wire.INGEST_RECORD, stay_record(5, welcome)))
    hole = ingest_pb2.IngestAnswer.FromString(source.receive_kind(wire.INGEST_ANSWER))
    assert hole.outcome == ingest_pb2.IngestAnswer.REFUSED, hole

    control = wire.Dealer(BASE + 1)
    control.send(wire.message(wire.SNAPSHOT_REQUEST, command_pb2.SnapshotRequest(
        view=command_pb2.VIEW_TIER_3)))
    rows, last = [], False
    while not last:
        chunk = feed_pb2.SnapshotChunk.FromString(control.receive_kind(wire.SNAPSHOT_CHUNK))
        assert not chunk.refused, chunk.refused
        rows += chunk.rows
        last = chunk.last
    stays = [row.stay for row in rows if row.WhichOneof("of") == "stay"]
    assert [stay.key for stay in stays] == ["RZZ:PY1"], stays
    assert stays[0].ward.value == "FORD"

    command = command_pb2.Command(id="py-1", actor="p.osei", entered_at_ms=int(time.time() * 1000))
    command.raise_blocker.stay, command.raise_blocker.reason = "RZZ:PY1", "CP4"
    control.send(wire.message(wire.COMMAND, command))
    raised = command_pb2.Answer.FromString(control.receive_kind(wire.ANSWER))
    assert raised.accepted and raised.made > 0, raised
    control.send(wire.message(wire.COMMAND, command))
    repeated = command_pb2.Answer.FromString(control.receive_kind(wire.ANSWER))
    assert (repeated.accepted, repeated.made) == (True, raised.made), repeated

    command.id, command.raise_blocker.stay = "py-2", "RZZ:NOBODY"
    control.send(wire.message(wire.COMMAND, command))
    refused = command_pb2.Answer.FromString(control.receive_kind(wire.ANSWER))
    assert not refused.accepted and refused.words, refused
    return 0


sys.exit(main())
