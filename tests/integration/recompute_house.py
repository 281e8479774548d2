"""What was said, folded again: the clear part of the events, and what it says now.

Part of recompute.py, which says why it is written twice. Standard library only.
"""

import datetime
from collections import defaultdict
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OF_PERSON = {"FIELD_COUNCIL", "FIELD_USUAL_RESIDENCE", "FIELD_DIED_AT"}


def london(ms):
    return datetime.datetime.fromtimestamp(int(ms) / 1000, LONDON).date()


def midnight_after(date):
    """The last instant of a London date, in milliseconds."""
    begins = datetime.datetime.combine(date + datetime.timedelta(days=1), datetime.time(), LONDON)
    return int(begins.timestamp() * 1000) - 1


class Field:
    """Everything said of one field of one stay or person, and what was taken back."""

    def __init__(self):
        self.facts, self.cancels = [], []

    def standing(self, latest_only):
        facts = sorted(self.facts, key=lambda f: f["order"])
        for cancel in self.cancels:
            named = [f for f in facts if f["record"] != cancel["record"]
                     and f["order"][1] <= int(cancel.get("recorded_ms", 0))
                     and cancel.get("only_code", "") in ("", f["value"].get("code", ""))
                     and ("location" not in cancel
                          or cancel["location"] == f["value"].get("location"))]
            if "occurred_ms" in cancel:
                exact = [f for f in named if f["order"][0] == int(cancel["occurred_ms"])]
                named = exact or named
            if latest_only and named:
                named = [f for f in named if f["order"][0] == named[-1]["order"][0]]
            facts = [f for f in facts if f not in named]
        return facts


class House:
    def __init__(self):
        self.config, self.today = {}, None
        self.stays, self.fields = {}, defaultdict(Field)
        self.blockers, self.hand_overs = defaultdict(dict), defaultdict(list)
        self.merged, self.joined = {}, {}

    # ---- the fold

    def take(self, record):
        for event in record.get("events", []):
            kind, said = next(iter(event.items()))
            handle = getattr(self, "on_" + kind, None)
            if handle:
                handle(said, int(record["number"]), int(record["at_ms"]))

    def on_config_adopted(self, said, record, at):
        self.config = said["config"]

    def on_day_turned(self, said, record, at):
        self.today = datetime.date(1970, 1, 1) + datetime.timedelta(days=said["date"])

    def on_stay_opened(self, said, record, at):
        self.stays.setdefault(said["stay"], said["person"])

    def on_person_begun_anew(self, said, record, at):
        self.stays[said["stay"]] = said["person"]

    def on_stay_joined(self, said, record, at):
        self.joined[said["provisional"]] = said["ward"]

    def on_persons_merged(self, said, record, at):
        self.merged[said["retired"]] = said["survivor"]

    def on_merge_undone(self, said, record, at):
        self.merged.pop(said["retired"], None)

    def owner(self, said):
        return ("person", said["person"]) if said["field"] in OF_PERSON else ("stay", said["stay"])

    def on_fact_observed(self, said, record, at):
        if said["field"] not in OF_PERSON and "stay" not in said:
            return
        times = said.get("times", {})
        message = int(times.get("message_at_ms", 0))
        recorded = int(times.get("recorded_ms", 0)) or message or at
        order = (int(times.get("occurred", {}).get("at_ms", 0)), recorded, message, record)
        self.fields[self.owner(said) + (said["field"],)].facts.append(
            {"order": order, "record": record, "source": said.get("source", ""),
             "value": said.get("value", {})})

    def on_facts_retracted(self, said, record, at):
        self.fields[("stay", said["stay"], said["field"])].cancels.append(
            dict(said, record=record))

    def on_blocker_opened(self, said, record, at):
        blocker = self.blockers[said["stay"]].setdefault(said["blocker"], {"closed": None})
        blocker.update(reason=said.get("reason", ""), local=said.get("local_reason", ""),
                       opened=int(said["opened"]["at_ms"]), id=int(said["blocker"]))

    def on_blocker_closed(self, said, record, at):
        if said["blocker"] in self.blockers[said["stay"]]:
            self.blockers[said["stay"]][said["blocker"]]["closed"] = int(said["closed"]["at_ms"])

    def on_clock_handed_over(self, said, record, at):
        self.hand_overs[said["stay"]].append((int(said["at_ms"]), record, said["blocker"]))

    # ---- what a field says now

    def survivor(self, person):
        while person in self.merged:
            person = self.merged[person]
        return person

    def histories(self, stay, field):
        if field in OF_PERSON:
            person = self.survivor(self.stays[stay])
            records = self.records_of.get(person, [person])
            keys = [("person", record, field) for record in records]
        else:
            keys = [("stay", part, field) for part in self.parts_of.get(stay, [stay])]
        return [self.fields[key] for key in keys if key in self.fields]

    def facts(self, stay, field):
        facts = [f for h in self.histories(stay, field)
                 for f in h.standing(field == "FIELD_LOCATION")]
        return sorted(facts, key=lambda f: f["order"])

    def value(self, stay, field):
        """The beginning of each source's last run of one value; the master's, or the latest."""
        runs = {}
        for fact in self.facts(stay, field):
            held = runs.get(fact["source"])
            if held is None or held["value"] != fact["value"]:
                runs[fact["source"]] = fact
        if not runs:
            return None
        master = self.masters.get(field)
        fact = runs[master] if master in runs else max(runs.values(), key=lambda f: f["order"])
        return fact if fact["value"] else None

    def moment(self, stay, field):
        fact = self.value(stay, field)
        return fact["value"].get("moment") if fact else None

    def code(self, stay, field):
        fact = self.value(stay, field)
        return fact["value"].get("code", "") if fact else ""

    def end(self, stay):
        """(how, ms) or nothing; a death before the ward ended the stay is the end."""
        def at(fact):
            return fact["value"].get("moment") or {"at_ms": fact["order"][0]}
        ending, died = self.value(stay, "FIELD_ENDING"), self.value(stay, "FIELD_DIED_AT")
        if not ending:
            return ("died", int(at(died)["at_ms"])) if died else None
        how, when = ending["value"].get("code", ""), at(ending)
        if died and how != "recorded_in_error":
            death = at(died)
            on, left = london(death["at_ms"]), london(when["at_ms"])
            dated = death.get("precision") == "PRECISION_DATE"
            first = on < left if on != left or dated else (
                when.get("precision") == "PRECISION_DATE"
                or int(death["at_ms"]) < int(when["at_ms"]))
            admitted = self.moment(stay, "FIELD_ADMITTED_AT")
            if first and (not admitted or on >= london(admitted["at_ms"])):
                return ("died", int(death["at_ms"]))
        return (how, int(when["at_ms"]))

    # ---- the midnight ledger

    def prepare(self):
        self.masters = {m["field"]: m["source"] for m in self.config.get("masters", [])}
        self.parts_of, self.records_of = defaultdict(list), defaultdict(list)
        for stay in self.stays:
            ward = stay
            while ward in self.joined:
                ward = self.joined[ward]
            self.parts_of[ward].append(stay)
        for person in {*self.stays.values(), *self.merged, *self.merged.values()}:
            self.records_of[self.survivor(person)].append(person)
        self.reasons = {r["code"]: r for r in self.config["reasons"]}

    def holder(self, stay, at):
        blockers = {k: b for part in self.parts_of[stay] for k, b in self.blockers[part].items()}
        opened = [b for b in blockers.values()
                  if b["opened"] <= at and (b["closed"] is None or at < b["closed"])]
        overs = [o for part in self.parts_of[stay] for o in self.hand_overs[part] if o[0] <= at]
        if overs:
            held = blockers.get(max(overs)[2])
            if held in opened:
                return held
        return min(opened, key=lambda b: (b["opened"], b["id"])) if opened else None

    def nights(self, stay):
        """The dates on which somebody ready was in bed at the midnight that ends them."""
        ready, end = self.moment(stay, "FIELD_DISCHARGE_READY"), self.end(stay)
        if not ready or (end and end[0] == "recorded_in_error"):
            return []
        first, last = london(ready["at_ms"]), self.today - datetime.timedelta(days=1)
        admitted = self.moment(stay, "FIELD_ADMITTED_AT")
        if admitted:
            first = max(first, london(admitted["at_ms"]))
        if end:
            last = min(last, london(end[1]) - datetime.timedelta(days=1))
        return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]

    def each(self):
        for stay in self.stays:
            if stay not in self.joined:
                end = self.end(stay)
                if not end or end[0] != "recorded_in_error":
                    yield stay, end

    def reason(self, blocker):
        if blocker["reason"] or not blocker["local"]:
            return blocker["reason"]
        return self.reasons.get(blocker["local"], {}).get("parent", "")

    def destination(self, stay):
        outcome = (self.code(stay, "FIELD_ACTUAL_OUTCOME")
                   or self.code(stay, "FIELD_PROPOSED_OUTCOME"))
        fits = [d for d in self.config["destinations"] if outcome in d.get("outcomes", [])]
        lives = self.code(stay, "FIELD_USUAL_RESIDENCE")
        for destination in fits:
            if lives in destination.get("usual_residences", []):
                return destination["label"]
        plain = [d for d in fits if not d.get("usual_residences")]
        return plain[0]["label"] if plain else None
