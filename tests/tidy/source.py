"""One file as the rules see it: its lines as written, and its code with comments, string contents
and preprocessor lines blanked, so that a word in a sentence is never taken for a call."""

import re
import subprocess
from pathlib import Path

CPP = (".cpp", ".hpp")
TEXT = CPP + (".proto", ".py", ".md", ".txt", ".toml", ".cmake", ".json", ".sh", ".service", "")
BINARY = (".png", ".ttf", ".db", ".ico", ".bin")

TOKEN = re.compile(
    r"""(?P<raw>R"(?P<tag>[^(\s]{0,16})\(.*?\)(?P=tag)")"""
    r"""|(?P<line>//[^\n]*)"""
    r"""|(?P<block>/\*.*?\*/)"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def blank(text):
    """Same length and same line ends, nothing else."""
    return re.sub(r"[^\n]", " ", text)


def strip_tokens(text):
    def replace(match):
        token = match.group(0)
        if match.lastgroup in ("line", "block"):
            return blank(token)
        return '"' + blank(token[1:-1]) + '"'

    return TOKEN.sub(replace, text)


def strip_preprocessor(code):
    out, continued = [], False
    for line in code.split("\n"):
        directive = continued or line.lstrip().startswith("#")
        continued = directive and line.rstrip().endswith("\\")
        out.append(blank(line) if directive else line)
    return "\n".join(out)


class Source:
    def __init__(self, path, text):
        self.path = path  # from the repository's root, with slashes
        self.text = text
        self.lines = text.split("\n")
        self.suffix = Path(path).suffix
        self.is_cpp = self.suffix in CPP
        self._code = None

    @property
    def code(self):
        if self._code is None:
            self._code = strip_preprocessor(strip_tokens(self.text)) if self.is_cpp else self.text
        return self._code

    def includes(self):
        """(line number, '<' or '"', what) of every include."""
        if not self.is_cpp:
            return
        for number, line in enumerate(self.lines, 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match.group(1), match.group(2)

    def matches(self, pattern):
        """Line numbers and matches of a pattern in the code."""
        for match in re.finditer(pattern, self.code):
            yield self.code.count("\n", 0, match.start()) + 1, match


def listed_files(root):
    """What git knows or would add; a tree without git is walked."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others",
               "--exclude-standard"]
    try:
        names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [p.relative_to(root).as_posix() for p in Path(root).rglob("*") if p.is_file()]
    hidden = re.compile(r"^(build[^/]*|run|\.git)/")
    return sorted({n for n in names if n and not hidden.match(n) and (Path(root) / n).is_file()})


def read_tree(root):
    sources = []
    for name in listed_files(root):
        if Path(name).suffix in BINARY:
            continue
        data = (Path(root) / name).read_bytes()
        if b"\0" in data[:4096]:
            continue
        sources.append(Source(name, data.decode("utf-8", errors="replace")))
    return sources
