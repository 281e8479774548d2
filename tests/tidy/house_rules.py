"""Rules about the house as a whole: its documents, its bounds, its words."""

import re

SOURCE_SUFFIXES = (".cpp", ".hpp", ".proto")
# A bound that takes its value from another bound is a parameter, not a bound of its own.
BOUND = re.compile(r"\b([a-z]\w*_max)\b\s*(?:=|\{)\s*(?![=\s]|\w*_max\b)")
DECLARED = re.compile(
    r"\b(?:constexpr|const|static|size_t|u?int\d*_t|int|unsigned|Duration)\b")

# The folder of this machine is not the folder of the next one.
MACHINE_PATH = re.compile(r"(?:^|[^\w.$})/-])/(?:work|farm|tmp|home|root|Users)(?:/|\b)")
# (pattern, what to write instead). Words on screens carry no blame; words in code mean a thing.
WORDS = [
    (r"\bFIXME\b", "mend it, or say in a TODO(name) why not"),
    (r"\bTODO\b(?!\([\w-]+\): \S)", "TODO(name): reason"),
    (r"\bbed[- ]?block(?:er|ers|ing)\b", "nobody blocks a bed; the stay waits for something"),
    (r"\bfamily'?s fault\b", "the word is: choice"),
    (r"\bhelpers?\b", "say what it does"),
    (r"\b(?:AI|LLM)[- ](?:generated|written)\b|\bagents?\b(?! of)", "who wrote it does not matter"),
    (r"\bnamespace (?:util|utils|misc|helpers)\b", "a namespace is a folder, a folder is a stage"),
]


def folder_readme(sources):
    """Each folder of the four rooms says its purpose, way in, way out and limits."""
    paths = {source.path for source in sources}
    seen = set()
    for source in sources:
        parts = source.path.split("/")
        if parts[0] not in ("daemon", "proto", "board", "adapters") or len(parts) < 3:
            continue
        folder = "/".join(parts[:2])
        if source.suffix in SOURCE_SUFFIXES and folder not in seen:
            seen.add(folder)
            if folder + "/README.md" not in paths:
                yield source, 1, f"{folder} has no README.md"


def bound_tested(sources):
    """Everything has a bound, the bound has a name, and a test that names it (law 7)."""
    tested = " ".join(s.text for s in sources if s.path.startswith("tests/")
                      and not s.path.startswith("tests/tidy/"))
    for source in sources:
        if not source.is_cpp or source.path.startswith("tests/"):
            continue
        for number, line in enumerate(source.code.split("\n"), 1):
            for match in BOUND.finditer(line):
                name = match.group(1)
                if DECLARED.search(line[:match.start()]) and not re.search(rf"\b{name}\b", tested):
                    yield source, number, f"{name} is named by no test"


def header_head(sources):
    """#pragma once, then a paragraph that says what the thing is and is not."""
    for source in sources:
        if source.suffix != ".hpp":
            continue
        lines = [line for line in source.lines if line.strip()]
        if not lines or lines[0].strip() != "#pragma once":
            yield source, 1, "#pragma once is not the first line"
        elif len(lines) < 2 or not lines[1].startswith("//"):
            yield source, 2, "no paragraph says what this header is"


def machine_path(sources):
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            match = MACHINE_PATH.search(line)
            if match and not (number == 1 and line.startswith("#!")):
                yield source, number, f"a path of one machine: {match.group(0).strip()}"


def forbidden_word(sources):
    for source in sources:
        if source.path in ("tests/tidy/house_rules.py", "LICENSE"):
            continue
        for number, line in enumerate(source.lines, 1):
            for pattern, instead in WORDS:
                match = re.search(pattern, line)
                if match:
                    yield source, number, f'"{match.group(0)}": {instead}'


ALPHABETS = ("01234" + "56789", "98765" + "43210")  # the digits themselves, somewhere in a list
NHS_IN_TEXT = re.compile(r"(?<![\w.])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w.])")


def nhs_number_range(sources):
    """A valid NHS number in the project could be somebody's, unless it is of the 999 range."""
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            for match in NHS_IN_TEXT.finditer(line):
                digits = match.group(1) + match.group(3) + match.group(4)
                check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
                valid = (0 if check == 11 else check) == int(digits[9]) and len(set(digits)) > 1
                if valid and not digits.startswith("999") and digits not in ALPHABETS:
                    yield source, number, "ten digits that are a valid NHS number outside 999"


RULES = [folder_readme, bound_tested, header_head, machine_path, forbidden_word, nhs_number_range]
