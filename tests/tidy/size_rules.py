"""Sizes: one idea a file, a function fits a screen, a line a page (design.md section 6)."""

import ast
import re

file_lines_max = 400
function_lines_max = 70
line_columns_max = 100

CODE = (".cpp", ".hpp", ".proto", ".py", ".sh")
CONTAINER = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^()=]*$")


def is_code(source):
    first = source.lines[0] if source.lines else ""
    return source.suffix in CODE or (source.suffix == "" and first.startswith("#!"))


def file_length(sources):
    for source in sources:
        length = len(source.lines) - (1 if source.text.endswith("\n") else 0)
        if is_code(source) and length > file_lines_max:
            yield source, length, f"{length} lines, {file_lines_max} allowed: one idea a file"


def line_length(sources):
    for source in sources:
        if not is_code(source):
            continue
        for number, line in enumerate(source.lines, 1):
            if len(line) > line_columns_max:
                yield source, number, f"{len(line)} columns, {line_columns_max} allowed"


def cpp_functions(code):
    """(first line, last line) of every function that is not inside another one."""
    stack, head_start = [], 0  # stack of (kind, first line)
    line = 1
    for at, char in enumerate(code):
        if char == "\n":
            line += 1
        elif char == "{":
            head = code[head_start:at]
            inside = any(kind == "function" for kind, _ in stack)
            kind = "block"
            if not inside and not CONTAINER.search(head.split(")")[-1] if "(" in head else head):
                if "(" in head and not re.search(r"(?<![=!<>+\-*/|&^])=(?!=)[^()]*$", head):
                    kind = "function"
            leading = len(head) - len(head.lstrip())
            stack.append((kind, line - head[leading:].count("\n")))
            head_start = at + 1
        elif char == "}":
            if stack:
                kind, first = stack.pop()
                if kind == "function":
                    yield first, line
            head_start = at + 1
        elif char == ";":
            head_start = at + 1


def function_length(sources):
    for source in sources:
        spans = []
        if source.is_cpp:
            spans = list(cpp_functions(source.code))
        elif source.suffix == ".py" or source.text.startswith("#!/usr/bin/env python3"):
            tree = ast.parse(source.text)
            spans = [(n.lineno, n.end_lineno) for n in ast.walk(tree)
                     if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
        for first, last in spans:
            length = last - first + 1
            if length > function_lines_max:
                yield source, first, f"a function of {length} lines, {function_lines_max} allowed"


RULES = [file_length, line_length, function_length]
