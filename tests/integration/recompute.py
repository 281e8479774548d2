#!/usr/bin/env python3
"""The sitrep, the ready-date statistic and the Pareto, worked out a second time.

Reads the clear part of every event (washupd journal print --clear) and knows nothing of the daemon:
written from product.md and domain.md with the standard library alone. Prints each number that a
report tells otherwise; ends with 1 when there is one.

  recompute.py EVENTS MONTH SITREP.csv READY_DATE.csv PARETO.json
"""

import calendar
import csv
import datetime
import json
import sys
from collections import defaultdict

from recompute_house import House, london, midnight_after

STILL = "Number of patients remaining in hospital who no longer meet the criteria to reside"


def rounded(top, below, decimals):
    """Half away from nought, in whole numbers; [z] where there is nothing to divide by."""
    if below == 0:
        return "[z]"
    scale = 10 ** decimals
    units = (2 * top * scale + below) // (2 * below)
    return f"{units // scale}.{units % scale:0{decimals}}" if decimals else str(units)


class Month:
    def __init__(self, house, text):
        year, month = (int(part) for part in text.split("-"))
        self.house = house
        self.first = datetime.date(year, month, 1)
        self.days = [datetime.date(year, month, day + 1)
                     for day in range(calendar.monthrange(year, month)[1])]

    def sitrep(self):
        house, out = self.house, {}
        remaining, gone, where = defaultdict(list), defaultdict(int), defaultdict(int)
        for stay, end in house.each():
            admitted = house.moment(stay, "FIELD_ADMITTED_AT")
            for number, date in enumerate(house.nights(stay), 1):
                if date in self.days:
                    length = (date - london(admitted["at_ms"])).days if admitted else None
                    held = house.holder(stay, midnight_after(date))
                    remaining[date].append((length, number, house.reason(held) if held else ""))
            if end and end[0] == "discharged" and london(end[1]) in self.days:
                gone[london(end[1])] += 1
                where[house.destination(stay)] += 1
        group = "NCTR not discharged"
        for date in self.days:
            stayed = len(remaining[date])
            out[date, STILL, group] = rounded(stayed, 1, 2)
            out[date, "Number of patients discharged", "Discharges"] = rounded(gone[date], 1, 2)
            out[date, "Number of patients who no longer meet the criteria to reside",
                "NCTR"] = rounded(stayed + gone[date], 1, 2)
        for destination in house.config["destinations"]:
            out[self.first, destination["label"], "Discharge destination"] = rounded(
                where[destination["label"]], 1, 2)
        weekday = house.config.get("returns", {}).get("snapshot_weekday", 4)
        snapshots = [date for date in self.days if date.isoweekday() == weekday]
        for date in snapshots:
            for least in (7, 14, 21):
                lost = sum(n for los, n, _ in remaining[date] if los is not None and los >= least)
                out[date, "Number of additional bed days, patients with length of stay of "
                    f"{least} days or over", "Additional bed days lost"] = rounded(lost, 1, 2)
        published = {code: r["label"] for code, r in house.reasons.items() if not r.get("parent")}
        pence = int(house.config.get("returns", {}).get("bed_day_pence", 0))
        for least in (7, 14):
            for code, label in published.items():
                count = sum(1 for date in snapshots for los, _, reason in remaining[date]
                            if los is not None and los >= least and reason == code)
                out[self.first, label, f"Delay reason LOS {least}+"] = rounded(
                    count, len(snapshots), 2)
        group, every = "Delay reason LOS 7+ Costs", 0
        for code in [*published, None]:
            nights = sum(1 for date in self.days for los, _, reason in remaining[date]
                         if los is not None and los >= 7
                         and (reason == code if code else reason not in published))
            every += nights
            if code:
                out[self.first, published[code], group] = rounded(nights * pence, 100, 2)
        out[self.first, "Total cost of delayed bed days in the month", group] = rounded(
            every * pence, 100, 2)
        out[self.first, "Total number of delayed bed days in the month", group] = rounded(
            every, 1, 2)
        out[self.first, f"Daily Average - {STILL}", group] = rounded(every, len(self.days), 2)
        return {(date.strftime("%d/%m/%Y"), *rest): value
                for (date, *rest), value in out.items()}

    def ready_date(self):
        house, delays = self.house, defaultdict(list)
        official = {}
        for council in house.config.get("returns", {}).get("councils", []):
            for name in [council["code"], council.get("official", ""),
                         *council.get("aliases", [])]:
                official[name] = council.get("official", "")
        for stay, end in house.each():
            if not end or end[0] != "discharged" or london(end[1]) not in self.days:
                continue
            admitted = house.moment(stay, "FIELD_ADMITTED_AT")
            ready = house.moment(stay, "FIELD_DISCHARGE_READY")
            if (admitted and london(admitted["at_ms"]) == london(end[1])) or not ready:
                continue
            since = london(ready["at_ms"])
            if (london(end[1]) - since).days < 0:
                continue
            if admitted:
                since = max(since, london(admitted["at_ms"]))
            lives = house.code(stay, "FIELD_COUNCIL")
            for group in ("[z]", official.get(lives, lives)):
                delays[group].append((london(end[1]) - since).days)
        bands = {"No delay": (0, 0), "1 day": (1, 1), "2-3 days": (2, 3), "4-6 days": (4, 6),
                 "7-13 days": (7, 13), "14-20 days": (14, 20), "21 days or more": (21, 99999)}
        out = {}
        for group in {"[z]", *delays}:
            days = delays[group]
            late = [d for d in days if d]
            put = {"Number of patients discharged in total": str(len(days)),
                   "Total bed days lost due to delayed discharge": str(sum(days)),
                   "Date of discharge is same as Discharge Ready Date":
                       str(len(days) - len(late)),
                   "Date of discharge is 1+ days after Discharge Ready Date": str(len(late))}
            for words, (low, high) in bands.items():
                inside = [d for d in days if low <= d <= high]
                put[f"Number of patients: {words}"] = str(len(inside))
                put[f"Percentage of patients: {words}"] = rounded(100 * len(inside), len(days), 1)
                if low:
                    put[f"Bed days lost: {words}"] = str(sum(inside))
            average = "Average days from Discharge Ready Date to date of discharge "
            put[average + "(inc 0 day delays)"] = rounded(sum(days), len(days), 1)
            put[average + "(exc 0 day delays)"] = rounded(sum(days), len(late), 1)
            out.update({(group, measure): value for measure, value in put.items()})
        return out


def pareto(house):
    """Bed days and people by theme in the last 28 complete days."""
    since = house.today - datetime.timedelta(days=28)
    days, people = defaultdict(int), defaultdict(set)
    for stay, _ in house.each():
        for date in house.nights(stay):
            if date < since:
                continue
            held = house.holder(stay, midnight_after(date))
            bar = "unattributed"
            if held:
                theme = [house.reasons.get(code, {}).get("theme", "")
                         for code in (held["local"], held["reason"]) if code]
                bar = next((t for t in theme if t), "other")
            days[bar] += 1
            people[bar].add(house.survivor(house.stays[stay]))
    every = sum(days.values())
    return {bar: (str(count), rounded(100 * count, every, 1), str(len(people[bar])))
            for bar, count in days.items()}


def compare(what, ours, theirs):
    wrong = 0
    for key in sorted({*ours, *theirs}, key=str):
        if ours.get(key) != theirs.get(key):
            wrong += 1
            print(f"{what}: {key}: recomputed {ours.get(key)}, the report says {theirs.get(key)}")
    print(f"{what}: {len(theirs)} numbers, {wrong} differ")
    return wrong


def main(events, month, sitrep, ready_date, bars):
    house = House()
    with open(events, encoding="utf-8") as lines:
        for line in lines:
            house.take(json.loads(line))
    house.prepare()
    of_month = Month(house, month)
    with open(sitrep, encoding="utf-8", newline="") as file:
        told = {(row["Period"], row["Metric"], row["Metric Group"]): row["Value"]
                for row in csv.DictReader(file)}
    wrong = compare("sitrep", of_month.sitrep(), told)
    with open(ready_date, encoding="utf-8", newline="") as file:
        told = {(row["Upper Tier Local Authority Code"], row["Measure"]): row["Value"]
                for row in csv.DictReader(file)}
    wrong += compare("ready date", of_month.ready_date(), told)
    with open(bars, encoding="utf-8") as file:
        lines = json.load(file)["tables"][0]["lines"]
    told = {line["code"]: (line["weight"], line["share %"], line["people"]) for line in lines}
    wrong += compare("pareto", pareto(house), told)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
