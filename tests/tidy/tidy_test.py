#!/usr/bin/env python3
"""Each rule finds a violation planted for it, at its line, and lets the mended text pass."""

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import call_rules
import house_rules
import include_rules
import size_rules
import tidy
from source import Source, read_tree

HEAD = "#pragma once\n// A thing; not another.\n"


def findings(rule, *files):
    return [(source.path, line) for source, line, _ in rule([Source(p, t) for p, t in files])]


class Case(unittest.TestCase):
    def finds(self, rule, path, text, line=1, also=()):
        self.assertIn((path, line), findings(rule, (path, text), *also))
        proven.add(rule.__name__)

    def passes(self, rule, path, text, also=()):
        self.assertEqual([f for f in findings(rule, (path, text), *also) if f[0] == path], [])


proven = set()


class IncludeRules(Case):
    def test_core_includes_only_the_common_words(self):
        rule = include_rules.include_direction
        self.finds(rule, "daemon/core/a.cpp", '#include "proto/wire/envelope.hpp"\n')
        self.finds(rule, "daemon/core/a.cpp", '\n#include "daemon/journal/journal.hpp"\n', 2)
        self.passes(rule, "daemon/core/a.cpp", '#include "proto/base/time.hpp"\n')
        self.passes(rule, "daemon/core/a.cpp", '#include "daemon/core/state.hpp"\n')

    def test_board_adapters_and_daemon_do_not_know_one_another(self):
        rule = include_rules.include_direction
        self.finds(rule, "board/app/a.cpp", '#include "daemon/core/ids.hpp"\n')
        self.finds(rule, "adapters/hl7v2/a.cpp", '#include "daemon/core/ids.hpp"\n')
        self.finds(rule, "adapters/hl7v2/a.cpp", '#include "board/model/model.hpp"\n')
        self.finds(rule, "adapters/hl7v2/a.cpp", '#include "adapters/csv/reader.hpp"\n')
        self.finds(rule, "daemon/shell/a.cpp", '#include "board/model/model.hpp"\n')
        self.finds(rule, "daemon/main.cpp", '#include "adapters/common/program.hpp"\n')

    def test_the_engine_knows_the_journal_by_its_interface(self):
        rule = include_rules.include_direction
        self.finds(rule, "daemon/engine/a.cpp", '#include "daemon/journal/sqlite.hpp"\n')
        self.passes(rule, "daemon/engine/a.cpp", '#include "daemon/journal/journal.hpp"\n')

    def test_nothing_includes_tests(self):
        rule = include_rules.include_direction
        for path in ("daemon/shell/a.cpp", "daemon/main.cpp", "board/app/a.cpp"):
            self.finds(rule, path, '#include "tests/support/log_sink.hpp"\n')
        self.passes(rule, "tests/unit/a_test.cpp", '#include "tests/support/log_sink.hpp"\n')

    def test_includes_are_named_from_the_root(self):
        self.finds(include_rules.include_direction, "daemon/core/a.cpp", '#include "ids.hpp"\n')
        self.finds(include_rules.include_direction, "daemon/core/a.cpp", '#include "../x.hpp"\n')

    def test_panels_know_no_clock_socket_or_protobuf(self):
        rule = include_rules.library_place
        self.finds(rule, "board/panels/a.cpp", '#include "proto/base/clock.hpp"\n')
        self.finds(rule, "board/panels/a.cpp", '#include "washup/v1/feed.pb.h"\n')
        self.finds(rule, "board/panels/a.cpp", "#include <boost/asio.hpp>\n")
        self.finds(rule, "board/panels/a.cpp", "#include <GLFW/glfw3.h>\n")
        self.passes(rule, "board/panels/a.cpp", "#include <imgui.h>\n")
        self.finds(include_rules.include_direction, "board/panels/a.cpp",
                   '#include "board/link/follower.hpp"\n')

    def test_each_library_has_its_place(self):
        rule = include_rules.library_place
        self.finds(rule, "proto/link/other.cpp", "#include <zmq.hpp>\n")
        self.passes(rule, "proto/link/zmq_socket.cpp", "#include <zmq.hpp>\n")
        self.finds(rule, "daemon/journal/sqlite.hpp", "#include <sqlite3.h>\n")
        self.passes(rule, "daemon/journal/sqlite.cpp", "#include <sqlite3.h>\n")
        self.finds(rule, "board/widgets/a.cpp", "#include <GLFW/glfw3.h>\n")
        self.finds(rule, "daemon/engine/a.cpp", "#include <boost/asio/io_context.hpp>\n")
        self.finds(rule, "adapters/hl7v2/framer.cpp", "#include <boost/asio.hpp>\n")
        self.passes(rule, "adapters/hl7v2/mllp_server.cpp", "#include <boost/asio.hpp>\n")
        self.finds(rule, "daemon/journal/sqlite.cpp", '#include "washup/v1/event.pb.h"\n')
        self.finds(rule, "daemon/settings/a.cpp", "#include <toml++/toml.h>\n")
        self.finds(rule, "daemon/core/a.cpp", "#include <random>\n")
        self.finds(rule, "daemon/shell/a.cpp", "#include <curl/curl.h>\n")

    def test_what_decides_has_no_thread_and_no_file(self):
        rule = include_rules.pure_includes
        self.finds(rule, "daemon/core/a.cpp", "#include <mutex>\n")
        self.finds(rule, "daemon/engine/a.cpp", "#include <thread>\n")
        self.finds(rule, "proto/wire/a.cpp", "#include <fstream>\n")
        self.passes(rule, "daemon/journal/a.cpp", "#include <thread>\n")

    def test_the_pure_half_of_an_adapter_does_not_know_its_shell(self):
        rule = include_rules.adapter_halves
        self.finds(rule, "adapters/hl7v2/framer.cpp", '#include "adapters/hl7v2/mllp_server.hpp"\n')
        self.finds(rule, "adapters/csv/reader.cpp", '#include "proto/link/zmq_socket.hpp"\n')
        shell = '#include "adapters/common/ingest_client.hpp"\n'
        self.finds(rule, "adapters/csv/reader.cpp", shell)
        self.passes(rule, "adapters/csv/relay.cpp", shell)

    def test_a_header_nobody_includes_is_dead(self):
        rule = include_rules.dead_header
        own = ("daemon/core/a.cpp", '#include "daemon/core/a.hpp"\n')
        user = ("daemon/core/b.cpp", '#include "daemon/core/a.hpp"\n')
        self.finds(rule, "daemon/core/a.hpp", HEAD, also=(own,))
        self.passes(rule, "daemon/core/a.hpp", HEAD, also=(own, user))


class CallRules(Case):
    def test_time_is_an_argument(self):
        rule = call_rules.banned_call
        self.finds(rule, "daemon/shell/a.cpp", "\nauto t = std::chrono::system_clock::now();\n", 2)
        self.finds(rule, "board/app/a.cpp", "auto t = steady_clock::now();\n")
        self.finds(rule, "board/app/a.cpp", "auto t = std::time(nullptr);\n")
        self.passes(rule, "proto/base/clock.cpp", "clock_gettime(id, &value);\n")
        self.passes(rule, "daemon/core/a.cpp", "// never system_clock::now()\n")
        self.passes(rule, "daemon/core/a.cpp", 'log("steady_clock::now()");\n')
        self.passes(rule, "daemon/core/a.cpp", "auto t = clock.now();\n")

    def test_nobody_sleeps(self):
        rule = call_rules.banned_call
        self.finds(rule, "tests/unit/a_test.cpp", "std::this_thread::sleep_for(1s);\n")
        self.finds(rule, "daemon/shell/a.cpp", "usleep(5);\n")
        self.passes(rule, "tests/integration/a.cpp", "std::this_thread::sleep_for(1s);\n")

    def test_chance_is_an_argument(self):
        rule = call_rules.banned_call
        self.finds(rule, "adapters/hospital/a.cpp", "int x = rand();\n")
        self.finds(rule, "tests/sim/a.cpp", "std::uniform_int_distribution<int> d;\n")
        self.finds(rule, "tests/sim/a.cpp", "std::mt19937 g{1};\n")
        self.passes(rule, "tests/sim/a.cpp", "auto x = operand(1);\n")

    def test_only_main_ends_the_process(self):
        rule = call_rules.banned_call
        self.finds(rule, "daemon/engine/a.cpp", "std::abort();\n")
        self.passes(rule, "daemon/main.cpp", "std::exit(2);\n")

    def test_failures_are_values_and_memory_has_an_owner(self):
        rule = call_rules.banned_call
        self.finds(rule, "daemon/engine/a.cpp", "throw std::runtime_error(words);\n")
        self.finds(rule, "daemon/engine/a.cpp", "auto* p = new Thing();\n")
        self.passes(rule, "daemon/engine/a.cpp", "Thing(Thing const&) = delete;\n")
        self.passes(rule, "daemon/engine/a.cpp", "std::unique_ptr<Thing> p(new Thing);\n")

    def test_core_has_one_order_and_no_float(self):
        rule = call_rules.core_call
        self.finds(rule, "daemon/core/a.hpp", "std::unordered_map<int, int> m;\n")
        self.finds(rule, "daemon/core/a.hpp", "double rate = 1;\n")
        self.finds(rule, "daemon/core/a.hpp", "std::mutex guard;\n")
        self.finds(rule, "daemon/derive/a.cpp", "std::unordered_set<int> s;\n")
        self.passes(rule, "daemon/derive/a.cpp", "double share = 0.5;\n")
        self.passes(rule, "board/model/a.hpp", "std::unordered_map<int, int> m;\n")
        self.passes(rule, "daemon/core/a.hpp", "int doubled = 2;  // not a double\n")

    def test_a_co_await_expression_holds_names_and_moves(self):
        rule = call_rules.awaited_expression
        self.finds(rule, "daemon/shell/a.cpp", "co_await post([x] { run(x); });\n")
        self.finds(rule, "daemon/shell/a.cpp", "\nco_await send(Frame{1, 2});\n", 2)
        self.finds(rule, "daemon/shell/a.cpp", "co_await send({1, 2});\n")
        self.finds(rule, "daemon/shell/a.cpp", "auto x = good ? co_await a : co_await b;\n")
        self.finds(rule, "daemon/shell/a.cpp", "co_await (good ? one() : two());\n")
        self.passes(rule, "daemon/shell/a.cpp", "co_await send(std::move(frame), buffer[0]);\n")
        self.passes(rule, "daemon/shell/a.cpp", "if (co_await next()) { run({1}); }\n")

    def test_a_coroutine_is_a_named_function_with_values(self):
        rule = call_rules.coroutine_shape
        self.finds(rule, "daemon/shell/a.cpp", "co_spawn(io, [s]() -> awaitable<void> { }, d);\n")
        self.finds(rule, "daemon/shell/a.cpp", "awaitable<void> serve(Socket& socket) {\n}\n")
        text = "try {} catch (E e) {\n    co_await close();\n}\n"
        self.finds(rule, "daemon/shell/a.cpp", text, 2)
        self.passes(rule, "daemon/shell/a.cpp", "awaitable<void> serve(Socket socket) {\n}\n")
        self.passes(rule, "daemon/shell/a.cpp", "co_spawn(io, serve(std::move(s)), done);\n")


class SizeRules(Case):
    def test_a_file_has_at_most_400_lines(self):
        rule = size_rules.file_length
        self.finds(rule, "daemon/core/a.cpp", "\n" * (size_rules.file_lines_max + 1), 401)
        self.passes(rule, "daemon/core/a.cpp", "\n" * size_rules.file_lines_max)
        self.finds(rule, "tests/run", "#!/bin/sh\n" + "\n" * 400, 401)

    def test_a_line_has_at_most_100_columns(self):
        rule = size_rules.line_length
        self.finds(rule, "daemon/core/a.cpp", "\n" + "x" * (size_rules.line_columns_max + 1), 2)
        self.passes(rule, "daemon/core/a.cpp", "é" * size_rules.line_columns_max)

    def test_a_function_has_at_most_70_lines(self):
        rule = size_rules.function_length
        for head in ("int f(int a)", "void A::f() const", "TEST(A, B)", "A::A(int x) : x_(x)",
                     "template <class T>\nvoid g(T&& value)", "bool operator==(A const& a)",
                     "auto f() -> std::vector<int>", "void f(A a = A())"):
            lines = size_rules.function_lines_max - 1 - head.count("\n")
            body = head + " {\n" + "    x();\n" * (lines - 1) + "}\n"
            wrapped = "namespace a {\nnamespace {\n" + body + "}\n}\n"
            self.passes(rule, "daemon/core/a.cpp", wrapped)
            longer = wrapped.replace("{\n    x();", "{\n    x();\n    if (y) {\n    }", 1)
            self.finds(rule, "daemon/core/a.cpp", longer, 3)

    def test_data_and_classes_are_no_functions(self):
        rule = size_rules.function_length
        rows = "    {1, f(2)},\n" * 80
        self.passes(rule, "daemon/core/a.cpp", "constexpr Row rows[] = {\n" + rows + "};\n")
        members = "    int f();\n" * 80
        self.passes(rule, "daemon/core/a.cpp", "class A : public B {\n" + members + "};\n")

    def test_braces_in_text_do_not_count(self):
        text = 'void f() {\n    auto c = \'{\';\n    g("{{{", R"({)");  // {\n}\n'
        text += "\n" * 90 + "int x;\n"
        self.passes(size_rules.function_length, "daemon/core/a.cpp", text)
        self.assertEqual(list(size_rules.cpp_functions(Source("a.cpp", text).code)), [(1, 4)])

    def test_a_python_function_counts_too(self):
        text = "def f():\n" + "    pass\n" * 70
        self.finds(size_rules.function_length, "tests/a.py", text)
        self.passes(size_rules.function_length, "tests/a.py", text[:-9])


class HouseRules(Case):
    def test_a_folder_has_a_readme(self):
        rule = house_rules.folder_readme
        self.finds(rule, "daemon/core/a.cpp", "")
        self.passes(rule, "daemon/core/a.cpp", "", also=(("daemon/core/README.md", ""),))

    def test_a_bound_has_a_test_that_names_it(self):
        rule = house_rules.bound_tested
        text = "\nconstexpr std::size_t frame_bytes_max = 4 * 1024;\n"
        self.finds(rule, "proto/wire/envelope.hpp", text, 2)
        test = ("tests/unit/proto/wire/envelope_test.cpp", "f(frame_bytes_max + 1);\n")
        self.passes(rule, "proto/wire/envelope.hpp", text, also=(test,))
        self.passes(rule, "proto/wire/envelope.hpp", "if (size > frame_bytes_max) return;\n")
        self.passes(rule, "proto/wire/a.hpp", "explicit A(size_t bytes_max = frame_bytes_max);\n")

    def test_a_header_says_what_it_is(self):
        rule = house_rules.header_head
        self.finds(rule, "daemon/core/a.hpp", "// A thing.\n#pragma once\n")
        self.finds(rule, "daemon/core/a.hpp", "#pragma once\n#include <vector>\n", 2)
        self.passes(rule, "daemon/core/a.hpp", HEAD)

    def test_no_path_of_one_machine(self):
        rule = house_rules.machine_path
        for folder in ("work", "tmp", "home"):
            self.finds(rule, "config/demo", "\ncd " + "/" + folder + "/x\n", 2)
        self.passes(rule, "config/demo", "cd build/work/x; a=$dir" + "/" + "tmp\n")

    def test_words_that_say_nothing_or_blame(self):
        rule = house_rules.forbidden_word
        self.finds(rule, "daemon/core/a.cpp", "// FIX" + "ME later\n")
        self.finds(rule, "daemon/core/a.cpp", "// TO" + "DO later\n")
        self.finds(rule, "board/panels/a.cpp", '"bed ' + 'blocker"\n')
        self.finds(rule, "README.md", "written by an age" + "nt\n")
        self.passes(rule, "daemon/core/a.cpp", "// TO" + "DO(osei): until tzdata has it\n")

    def test_numbers_of_people_come_from_the_test_range(self):
        rule = house_rules.nhs_number_range
        self.finds(rule, "tests/a_test.cpp", "PID|943" + "4765919\n")
        self.finds(rule, "tests/a_test.cpp", "943 " + "476 5919\n")
        self.passes(rule, "tests/a_test.cpp", "9990000018 and 943" + "4765918\n")
        self.passes(rule, "tests/a_test.cpp", '"01234' + '56789abcdef"\n')


class Program(Case):
    def test_every_rule_has_a_planted_violation(self):
        self.assertEqual({rule.__name__ for rule in tidy.RULES} - proven, set())

    def test_an_exception_excuses_its_finding_and_no_other(self):
        sources = [Source("daemon/core/a.cpp", "throw 1;\nauto* p = new A;\n")]
        excused = [("banned_call", "daemon/core/*.cpp", "throw", "a reason")]
        names = [(line, rule) for _, line, rule, _ in tidy.check(sources, excused)]
        self.assertIn((2, "banned_call"), names)
        self.assertNotIn((1, "banned_call"), names)
        self.assertNotIn((1, "exception_unused"), names)

    def test_an_exception_that_excuses_nothing_is_a_fault(self):
        found = tidy.check([], [("banned_call", "daemon/core/*.cpp", "throw", "a reason")])
        self.assertEqual([rule for _, _, rule, _ in found], ["exception_unused"])

    def test_the_program_prints_the_place_and_ends_with_one(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "daemon" / "core" / "a.cpp"
            path.parent.mkdir(parents=True)
            (path.parent / "README.md").write_text("# core\n")
            path.write_text("int x = rand();\n")
            command = [sys.executable, str(Path(__file__).with_name("tidy.py")), "--root", folder]
            run = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(run.returncode, 1)
            self.assertIn("daemon/core/a.cpp:1: banned_call: chance: rand(", run.stdout)

    def test_the_tree_is_read_without_what_is_built(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            for name in ("build/x.cpp", "build-asan/x.cpp", "daemon/x.cpp"):
                (Path(folder) / name).parent.mkdir(exist_ok=True)
                (Path(folder) / name).write_text("\n")
            self.assertEqual([s.path for s in read_tree(folder)], ["daemon/x.cpp"])


if __name__ == "__main__":
    # Program comes last: it asks what the others have proven.
    order = [IncludeRules, CallRules, SizeRules, HouseRules, Program]
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    result = unittest.TextTestRunner().run(unittest.TestSuite(load(case) for case in order))
    sys.exit(0 if result.wasSuccessful() else 1)
