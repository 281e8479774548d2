"""Everything a ward, a hub and a team can say of one person, each with a word of its own in it:
planted.py FOLDER NHS LOCAL VISIT FAMILY writes FOLDER/ward.hl7, FOLDER/*.csv and
FOLDER/commands.jsonl (for `washupctl send`), and prints the words, one a line.

A word says where it was planted: ZQPID5C2Q is component 2 of PID-5, ZQROWNOTEQ the hub's note."""

import json
import pathlib
import sys
import time

FOLDER, NHS, LOCAL, VISIT, FAMILY = pathlib.Path(sys.argv[1]), *sys.argv[2:6]
NOW = time.strftime("%Y%m%d%H%M%S", time.localtime(time.time() - 7200))
TODAY = time.strftime("%d/%m/%Y")
WORDS = []

# How many fields each segment has in HL7 v2.5, and what else feeds put into theirs.
SEGMENTS = {"MSH": 21, "EVN": 7, "PID": 39, "PD1": 21, "NK1": 39, "PV1": 52, "PV2": 49, "DG1": 21,
            "AL1": 6, "NTE": 4, "OBX": 19, "ZU1": 12, "ZU8": 6}
COMPONENTS = 6


def word(*parts):
    made = "ZQ" + "".join(str(part) for part in parts).upper() + "Q"
    WORDS.append(made)
    return made


def message(number, trigger, planted_segment, planted_field):
    base = {
        "MSH": {1: "^~\\&", 2: "WARD", 3: "RZZ", 4: "WASHUP", 5: "RZZ", 6: NOW,
                8: "ADT^" + trigger, 9: "P%d" % number, 10: "P", 11: "2.5"},
        "EVN": {1: trigger, 2: NOW, 6: NOW},
        "PID": {1: "1", 3: "%s^^^RZZ^MR~%s^^^NHS^NH" % (LOCAL, NHS), 5: FAMILY + "^Ann",
                7: "19410309", 8: "F", 11: "1 Test Street^^Margate^^CT9 1AA"},
        "PV1": {1: "1", 2: "I", 3: "FORD^A^A2^STM", 19: VISIT + "^^^RZZ", 44: NOW},
    }
    base.setdefault(planted_segment, {1: "1"})
    # MSH-1 is the separator itself, so its fields stand one place earlier.
    place = planted_field - 1 if planted_segment == "MSH" else planted_field
    base[planted_segment][place] = "^".join(
        word(planted_segment, planted_field, "C", n) for n in range(1, COMPONENTS + 1))
    lines = []
    for name, fields in base.items():
        lines.append("|".join([name] + [fields.get(n, "") for n in range(1, max(fields) + 1)]))
    return "\r".join(lines) + "\r"


def ward():
    out, number = [], 0
    for segment, fields in SEGMENTS.items():
        for field in range(3 if segment == "MSH" else 1, fields + 1):
            number += 1
            out.append(message(number, "A01" if number == 1 else "A08", segment, field))
    (FOLDER / "ward.hl7").write_bytes("\r\n".join(out).encode())


WHO = {"Visit Number": VISIT, "Hospital Number": LOCAL, "NHS Number": NHS}
SHEETS = {
    "referrals": {"Council ID": "C77", "Surname": FAMILY, "Forename": "Ann",
                  "Date of Birth": "09/03/1941",
                  "Postcode": "CT9 1AA", "Council": "invented_bay",
                  "Usual Residence": "Own home", "Referred": TODAY,
                  "Team": "MILDRED", "Case Worker": "posei", "Ideal Outcome": "Own home",
                  "Expected Outcome": "Own home", "Review": TODAY, "Updated": TODAY},
    "outcomes": {"Council ID": "C77", "Usual Residence": "Own home", "Case Worker": "posei",
                 "Ideal Outcome": "Own home", "Expected Outcome": "Own home", "Actual Outcome": "",
                 "Pathway": "P1", "Review": TODAY, "Updated": TODAY},
    "blockers": {"Blocker Ref": "B%d", "Reason": "CP4", "Local Reason": "", "Holder": "NHS",
                 "Note": "waits", "Opened": TODAY, "Closed": "", "Closed Because": "",
                 "Updated": TODAY},
    "actions": {"Action Ref": "A%d", "Action": "ring", "Owner": "posei", "Deadline": "31/12/2099",
                "State": "open", "Why": "", "Agreed": TODAY, "For Blocker": "CP4",
                "Updated": TODAY},
    "milestones": {"Milestone": "Screened on the ward", "Reached": TODAY, "Updated": TODAY},
}


def hub():
    for kind, usual in SHEETS.items():
        headings = list(WHO) + list(usual)
        rows = []
        for n, planted in enumerate(headings):
            cells = {**WHO, **usual}
            cells = {name: value.replace("%d", str(n)) for name, value in cells.items()}
            cells[planted] = word("ROW", kind[:2], planted.replace(" ", ""))
            rows.append(",".join(cells[name] for name in headings))
        name = "%s %s.csv" % (kind, word("FILE", kind))
        text = "\r\n".join([",".join(headings)] + rows) + "\r\n"
        (FOLDER / name).write_text(text, newline="")


def team():
    stay = "RZZ:" + VISIT
    fields = ["COUNCIL", "USUAL_RESIDENCE", "TEAM", "CASE_WORKER", "PATHWAY", "SPECIALTY", "SEX",
              "ADMISSION_METHOD", "CRITERIA_TO_RESIDE", "AT_RISK", "IDEAL_OUTCOME",
              "CONSULTANT", "NAME"]
    commands = [{"set_field": {"stay": stay, "field": "FIELD_" + field, "why": word("WHY", n),
                               "value": {"code": word("CODE", field),
                                         "text": word("TEXT", field)}}}
                for n, field in enumerate(fields)]
    commands += [{"set_field": {"stay": stay, "field": "FIELD_" + field,
                                "value": {part: word(part, "ONLY", field)}}}
                 for field in fields for part in ("code", "text")]
    commands += [
        {"raise_blocker": {"stay": stay, "reason": "CP7", "note": word("NOTE")}},
        {"raise_blocker": {"stay": stay, "reason": word("REASON"),
                           "local_reason": word("LOCALREASON")}},
        {"raise_blocker": {"stay": stay, "reason": "CP5", "holder": word("HOLDER")}},
        {"assign_action": {"stay": stay, "text": word("ACTION"), "owner": "posei",
                           "deadline": {"at_ms": int(time.time() * 1000) + 86400000}}},
        {"assign_action": {"stay": stay, "text": "ring", "owner": word("OWNER"),
                           "deadline": {"at_ms": int(time.time() * 1000) + 86400000}}},
        {"close_blocker": {"stay": stay, "blocker": 1, "why": word("CLOSEWHY")}},
        {"finish_action": {"stay": stay, "action": 1, "state": "not_done",
                           "why": word("FINISHWHY")}},
        {"move_deadline": {"stay": stay, "action": 2, "why": word("MOVEWHY"),
                           "deadline": {"at_ms": int(time.time() * 1000) + 172800000}}},
        {"raise_blocker": {"stay": word("STAY"), "reason": "CP4"}},
        {"confirm_field": {"stay": word("STAY", 2), "field": "FIELD_TEAM"}},
    ]
    lines = [json.dumps({"id": "planted-%d" % n, "actor": "op", **one})
             for n, one in enumerate(commands)]
    (FOLDER / "commands.jsonl").write_text("\n".join(lines) + "\n")


FOLDER.mkdir(exist_ok=True)
ward()
hub()
team()
print("\n".join(WORDS))
