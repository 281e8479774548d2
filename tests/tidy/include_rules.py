"""Who may include whom (design.md section 3): along the data's way only."""

import fnmatch
import re

ROOTS = ("proto/", "daemon/", "board/", "adapters/", "config/", "tests/", "washup/v1/")

BASE = ["proto/base/"]
WIRE = BASE + ["proto/wire/"]
LINK = WIRE + ["proto/link/"]
ADAPTER = LINK + ["config/load/", "adapters/common/"]
BOARD_PICTURE = BASE + ["board/model/", "board/theme/", "board/widgets/"]

# Folder -> what it may include besides itself. The longest folder that fits a file counts.
EDGES = {
    "proto/base/": [],
    "proto/wire/": BASE,
    "proto/link/": WIRE,
    "config/load/": BASE,
    "config/keys/": BASE + ["config/load/"],
    "adapters/common/": LINK + ["config/load/"],
    "adapters/hl7v2/": ADAPTER,
    "adapters/fhir/": ADAPTER,
    "adapters/csv/": ADAPTER,
    "adapters/send/": ADAPTER,
    "adapters/hospital/": ADAPTER + ["adapters/hl7v2/"],
    "daemon/core/": BASE,
    "daemon/derive/": BASE + ["daemon/core/"],
    "daemon/settings/": BASE + ["daemon/core/", "config/load/", "config/keys/"],
    "daemon/access/": LINK + ["config/keys/"],
    "daemon/journal/": BASE + ["daemon/core/"],
    "daemon/ingest/": WIRE + ["daemon/core/"],
    "daemon/engine/": WIRE + ["daemon/core/", "daemon/derive/", "daemon/ingest/",
                              "daemon/journal/seal.hpp",
                              "daemon/journal/journal.hpp"],
    "daemon/reader/": WIRE + ["daemon/core/", "daemon/derive/", "daemon/report/",
                              "daemon/journal/journal.hpp"],
    "daemon/report/": BASE + ["daemon/core/", "daemon/derive/"],
    "daemon/shell/": LINK + ["daemon/", "config/load/", "config/keys/"],
    "daemon/": LINK + ["daemon/", "config/load/"],  # main.cpp: reads like a list
    "board/model/": WIRE,
    "board/link/": LINK + ["board/model/"],
    "board/raster/": BOARD_PICTURE,
    "board/theme/": BOARD_PICTURE,
    "board/widgets/": BOARD_PICTURE,
    "board/panels/": BOARD_PICTURE,
    "board/paper/": BASE + ["board/model/"],
    "board/keep/": BASE,
    "board/ctl/": LINK + ["board/model/", "board/link/", "board/paper/", "board/keep/",
                          "config/load/", "config/keys/"],
    "board/app/": LINK + ["board/", "config/load/"],
    "tests/": list(ROOTS),
}

# An adapter is a pure half and a shell; these are the shells, by name. What is not named is pure.
SHELL_NAMES = ["main", "*_server", "*_client", "*_shell", "mllp_connection", "drop_folder", "relay",
               "program", "file_feed", "forgetting", "run_again", "record_keeper", "record_store*",
               "record_seal", "sqlite"]
ADAPTER_SHELLS = [f"adapters/*/{name}.*" for name in SHELL_NAMES] + ["adapters/hl7v2/intake.*"]
SHELLS = ADAPTER_SHELLS + ["daemon/shell/*", "daemon/main.cpp", "board/link/*", "board/app/*",
                           "board/ctl/*", "proto/link/*", "tests/*"]

# What is included -> the only files that may, and how to say it.
LIBRARIES = [
    ("zmq", r"zmq(_addon)?\.h(pp)?$", ["proto/link/zmq_*", "tests/bench/*"]),
    ("sqlite", r"sqlite3\.h$", ["daemon/journal/*.cpp", "adapters/*.cpp", "tests/*.cpp"]),
    ("glfw", r"(GLFW/|imgui_impl_|backends/imgui_impl_|GL/)", ["board/app/*"]),
    ("imgui", r"(.*/)?(imgui|imstb)", ["board/theme/*", "board/widgets/*", "board/raster/*",
                                       "board/panels/*", "board/app/*", "tests/*"]),
    ("asio", r"boost/(asio|beast)", SHELLS),
    ("protobuf", r"(google/protobuf/|washup/v1/)",
     ["proto/wire/*", "proto/link/*", "adapters/*", "daemon/journal/codec*.cpp", "daemon/ingest/*",
      "daemon/engine/*", "daemon/reader/*", "daemon/shell/*", "board/model/*", "board/link/*",
      "board/ctl/*", "board/app/*", "tests/*"]),
    ("clock", r"proto/base/clock\.hpp$", SHELLS + ["proto/base/*"]),
    ("toml", r"toml\+\+/", ["config/load/*", "tests/*"]),
    ("curl", r"curl/", ["adapters/send/*"]),
    ("standard chance", r"random$", []),
    ("ctime", r"(ctime|time\.h|sys/time\.h)$", ["proto/base/clock.cpp"]),
]

# What decides is a plain object: no thread, no lock, no file, no screen.
PURE = ["daemon/core/*", "daemon/derive/*", "daemon/engine/*", "daemon/ingest/*", "proto/wire/*",
        "daemon/settings/*", "board/model/*", "board/panels/*", "board/widgets/*"]
PURE_NEVER = re.compile(r"^(thread|mutex|shared_mutex|condition_variable|future|semaphore|"
                        r"latch|stop_token|fstream|iostream|filesystem|sys/.*|unistd\.h|"
                        r"fcntl\.h)$")


def fits(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def folder_of(path):
    folders = [folder for folder in EDGES if path.startswith(folder)]
    return max(folders, key=len) if folders else None


def include_direction(sources):
    """Ours includes ours along the table, from the root, and nothing includes tests."""
    for source in sources:
        own = folder_of(source.path)
        for number, kind, what in source.includes():
            if kind == '"' and not what.startswith(ROOTS):
                yield source, number, f'"{what}" is not named from the root of the repository'
            if not what.startswith(ROOTS) or what.startswith("washup/v1/") or own is None:
                continue
            if not what.startswith((own, *EDGES[own])) or (own == "daemon/" and "board/" in what):
                yield source, number, f"{own} may not include {what}"


def library_place(sources):
    """A library is included where its wrapper is, and nowhere else."""
    for source in sources:
        for number, _, what in source.includes():
            for name, pattern, places in LIBRARIES:
                if re.match(pattern, what) and not fits(source.path, places):
                    yield source, number, f"{name} ({what}) has no business here"


def pure_includes(sources):
    """Machines decide, shells do (law 1)."""
    for source in sources:
        if not fits(source.path, PURE):
            continue
        for number, _, what in source.includes():
            if PURE_NEVER.match(what):
                yield source, number, f"<{what}> in a folder that only decides"


def adapter_halves(sources):
    """The pure half of an adapter does not know its shell."""
    for source in sources:
        if not source.path.startswith("adapters/") or fits(source.path, ADAPTER_SHELLS):
            continue
        for number, _, what in source.includes():
            if what.startswith("proto/link/") or fits(what, ADAPTER_SHELLS):
                yield source, number, f"{what} is a shell, this file is not"


def dead_header(sources):
    """A header that no other file than its own .cpp includes."""
    included = {}
    for source in sources:
        for _, _, what in source.includes():
            included.setdefault(what, set()).add(source.path)
    for source in sources:
        if source.suffix == ".hpp":
            others = included.get(source.path, set()) - {source.path[:-4] + ".cpp"}
            if not others:
                yield source, 1, "nobody includes this header"


RULES = [include_direction, library_place, pure_includes, adapter_halves, dead_header]
