#!/usr/bin/env python3
"""Makes expected.csv from series.csv: XmR charts by the Making Data Count rules.

Independent of daemon/derive/xmr: it counts in fractions and asks of every window of points whether
the rule holds in it. `make.py --check` says whether expected.csv is what it makes.
"""

import csv
import io
import pathlib
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).parent
LIMIT = Fraction("2.66")
NEAR = LIMIT * 2 / 3
WILD = Fraction("3.267")


def mean(values):
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def windows(count, size):
    return (range(start, start + size) for start in range(count - size + 1))


def chart(y, better, screen, fixed_after):
    base = y[:fixed_after] if fixed_after else y
    centre = mean(base)
    ranges = [abs(b - a) for a, b in zip(base, base[1:])]
    amr = mean(ranges)
    if screen:
        amr = mean([r for r in ranges if r < WILD * amr])
    upper, lower = centre + LIMIT * amr, centre - LIMIT * amr
    side = [(v > centre) - (v < centre) for v in y]
    outside = [v > upper or v < lower for v in y]
    near = [not o and abs(v - centre) > NEAR * amr for v, o in zip(y, outside)]
    trend, shift, close = {}, set(), set()
    for w in windows(len(y), 7):
        steps = {(y[b] > y[a]) - (y[b] < y[a]) for a, b in zip(w, list(w)[1:])}
        if steps in ({1}, {-1}):
            trend.update({i: True for i in w})
        if {side[i] for i in w} in ({1}, {-1}):
            shift.update(w)
    for w in windows(len(y), 3):
        if sum(near[i] for i in w) >= 2 and abs(sum(side[i] for i in w)) == 3:
            close.update(i for i in w if near[i])
    lines = []
    for i, value in enumerate(y):
        word = "above" if side[i] > 0 else "below"
        if outside[i]:
            signal = "above the upper limit" if side[i] > 0 else "below the lower limit"
        elif i in trend:
            pair = (y[i], y[i + 1]) if i + 1 in trend else (y[i - 1], y[i])
            signal = "7 points rising" if pair[1] > pair[0] else "7 points falling"
        elif i in close:
            signal = "2 of 3 near the " + ("upper" if side[i] > 0 else "lower") + " limit"
        elif i in shift:
            signal = f"7 points {word} the mean"
        else:
            signal = ""
        high = signal.startswith("above") or any(w in signal for w in ("rising", "upper", " above"))
        if not signal:
            verdict = "common cause"
        elif better == "neither":
            verdict = "high" if high else "low"
        else:
            verdict = "improvement" if high == (better == "up") else "concern"
        lines.append((value, centre, lower, upper, signal, verdict))
    return lines


def make():
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("series mode place value mean lower upper signal verdict".split())
    with open(HERE / "series.csv", newline="") as file:
        for row in csv.DictReader(file):
            y = [Fraction(v) for v in row["values"].split()]
            cuts = [int(v) for v in row["recalculated_at"].split()]
            for mode in ("screened", "all"):
                place = 0
                for start, end in zip([0] + cuts, cuts + [len(y)]):
                    part = chart(y[start:end], row["better"], mode == "screened",
                                 int(row["fixed_after"]))
                    for value, *limits, signal, verdict in part:
                        numbers = [format(float(v), ".12f") for v in (value, *limits)]
                        writer.writerow([row["series"], mode, place, *numbers, signal, verdict])
                        place += 1
    return out.getvalue()


if __name__ == "__main__":
    text = make()
    if "--check" in sys.argv:
        same = (HERE / "expected.csv").read_text() == text
        print("expected.csv is " + ("what make.py makes" if same else "NOT what make.py makes"))
        sys.exit(0 if same else 1)
    (HERE / "expected.csv").write_text(text)
