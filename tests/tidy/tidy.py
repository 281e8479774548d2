#!/usr/bin/env python3
"""Checks the rules of the house that a program can check. Prints file:line: rule: words for each
finding and ends with 1 when there is any.   tidy.py [--root DIR]"""

import argparse
import fnmatch
import sys
from pathlib import Path

import call_rules
import exceptions
import house_rules
import include_rules
import size_rules
from source import read_tree

RULES = include_rules.RULES + call_rules.RULES + size_rules.RULES + house_rules.RULES

TABLE = "tests/tidy/exceptions.py"


def check(sources, excused=()):
    """Findings as (path, line, rule, words), in order, and the exceptions that excused nothing."""
    found, used = [], set()
    for rule in RULES:
        for source, line, words in rule(sources):
            excuses = {index for index, (name, pattern, part, _) in enumerate(excused)
                       if name == rule.__name__ and part in words
                       and fnmatch.fnmatchcase(source.path, pattern)}
            used |= excuses
            if not excuses:
                found.append((source.path, line, rule.__name__, words))
    for index, (name, pattern, part, _) in enumerate(excused):
        if index not in used:
            found.append((TABLE, 1, "exception_unused", f"{name} {pattern} {part}"))
    return sorted(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    root = Path(parser.parse_args().root)
    sources = read_tree(root)
    found = check(sources, exceptions.EXCEPTIONS)
    for path, line, rule, words in found:
        print(f"{path}:{line}: {rule}: {words}")
    print(f"{len(sources)} files, {len(RULES)} rules, {len(found)} findings", file=sys.stderr)
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
