"""Calls and words of the language that are allowed in few places or in none."""

import re

from include_rules import fits

REAL_TIME_TESTS = ["tests/integration/*", "tests/bench/*"]

# (name, pattern in code, where it is allowed, why not elsewhere)
BANNED = [
    ("clock", r"\b\w*clock\s*::\s*now\b|\bclock_gettime\s*\(|\bgettimeofday\s*\(|"
              r"(?<![\w.>:])(?:std::)?time\s*\(\s*(?:nullptr|NULL|0)\s*\)|\blocaltime(?:_r)?\s*\(",
     ["proto/base/clock.cpp"] + REAL_TIME_TESTS, "time is an argument; only proto/base/clock asks"),
    ("sleep", r"\bsleep_(?:for|until)\s*\(|(?<![\w.>:])(?:::)?(?:u|nano)?sleep\s*\(",
     ["tests/integration/*"], "wait for the thing itself"),
    ("chance", r"(?<![\w.>:])(?:std::)?s?rand\s*\(|\brandom_device\b|\bmt19937|"
               r"\b(?:uniform_\w+|normal|bernoulli|discrete|exponential|poisson)_distribution\b|"
               r"\bstd::shuffle\b", [], "chance is an argument: proto/base/prng"),
    ("process end", r"(?<![\w.>:])(?:std::)?(?:exit|abort|quick_exit|_exit)\s*\(",
     ["proto/base/check.cpp", "*/main.cpp", "tests/*"], "only main and WASHUP_CHECK end it"),
    ("unsafe text", r"\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok)\s*\(", [], "no bound"),
    ("throw", r"\bthrow\b(?!\s*;)", ["tests/*"], "an expected failure is a Result"),
    ("owning pointer", r"\bnew\s+[A-Za-z_]|\bdelete\s+[A-Za-z_]|\bdelete\s*\[", ["tests/*"],
     "values first, unique_ptr for owned polymorphism"),
]
CORE = ["daemon/core/*", "daemon/derive/*", "daemon/engine/*", "daemon/ingest/*"]
CORE_BANNED = [
    ("hash order", r"\bunordered_\w+", CORE, "order must be the same on every machine"),
    ("float", r"\b(?:float|double)\b", ["daemon/core/*", "daemon/engine/*"],
     "integers only: milliseconds, permille"),
    ("thread", r"\bstd::(?:jthread|thread|mutex|atomic|async|future|condition_variable)\b", CORE,
     "machines have no thread and no lock"),
    ("locale", r"\bstd::locale\b|\bsetlocale\b|\bstd::regex\b", CORE, "no locale in what decides"),
]


def cpp(sources):
    return (source for source in sources if source.is_cpp)


def banned_call(sources):
    for source in cpp(sources):
        for name, pattern, allowed, why in BANNED:
            if not fits(source.path, allowed):
                for number, match in source.matches(pattern):
                    # A private constructor leaves no other way to a unique_ptr.
                    if "unique_ptr" not in source.lines[number - 1] or name != "owning pointer":
                        yield source, number, f"{name}: {match.group(0).strip()}: {why}"


def core_call(sources):
    for source in cpp(sources):
        for name, pattern, folders, why in CORE_BANNED:
            if fits(source.path, folders):
                for number, match in source.matches(pattern):
                    yield source, number, f"{name}: {match.group(0).strip()}: {why}"


def expression_after(code, start):
    """From `start` to the end of its expression: the first ; or unmatched closing bracket."""
    depth = 0
    for at in range(start, len(code)):
        char = code[at]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return code[start:at]
        elif char == ";" and depth == 0:
            return code[start:at]
    return code[start:]


def statement_around(code, at):
    start = max(code.rfind(mark, 0, at) for mark in ";{}") + 1
    return code[start:at] + expression_after(code, at)


def awaited_expression(sources):
    """g++ 12 destroys temporaries of a co_await expression twice (reference/style.md 10.2)."""
    for source in cpp(sources):
        for number, match in source.matches(r"\bco_await\b"):
            expression = expression_after(source.code, match.end())
            if re.search(r"(?:^|[(,=]|&&)\s*\[[^\]]*\]\s*[({]", expression):
                yield source, number, "a lambda inside a co_await expression; name it first"
            elif "{" in expression:
                yield source, number, "a braced temporary inside a co_await expression; name it"
            elif "?" in statement_around(source.code, match.start()):
                yield source, number, "?: around a co_await; use if"


AWAITABLE = r"\bawaitable\s*<(?:[^<>]|<[^<>]*>)*>"


def coroutine_shape(sources):
    """Coroutines are named functions with parameters by value, and do not await in a catch."""
    for source in cpp(sources):
        code = source.code
        lambda_head = r"\[[^\]]*\]\s*\([^)]*\)[^{;]*->\s*[\w:]*?"
        for number, match in source.matches(lambda_head + AWAITABLE):
            if match.group(0)[1:].split("]")[0].strip():
                yield source, number, "a coroutine lambda with captures; make it a named function"
        for number, match in source.matches(AWAITABLE + r"\s+[\w:~]+\s*\(([^)]*)\)"):
            if "&" in match.group(1):
                yield source, number, "a coroutine parameter by reference; take it by value"
        for _, match in source.matches(r"\bcatch\s*\([^)]*\)\s*\{"):
            body = expression_after(code, match.end())
            if "co_await" in body:
                number = code.count("\n", 0, match.end() + body.index("co_await")) + 1
                yield source, number, "co_await inside a catch"


RULES = [banned_call, core_call, awaited_expression, coroutine_shape]
