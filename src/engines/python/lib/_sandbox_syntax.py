"""Syntax that Python 3.12 does not have: template strings, bare `except A, B:`, defaults of type parameters."""

import _ast as ast
import re
from _frozen_importlib_external import decode_source

_TEMPLATE = re.compile(rb'''(?<![A-Za-z0-9_])(?:[tT][rR]?|[rR][tT])['"]''')
_SEVERAL_EXCEPTIONS = re.compile(rb'\bexcept\b[^:#\n]*,')
_TYPE_PARAMETERS = re.compile(rb'\b(?:def|class|type)\s+\w+\s*\[')
_DYNAMIC = re.compile(r'\b(?:exec|compile)\s*\(')


def _encoded(source):
    return source.encode('utf-8', 'surrogatepass') if isinstance(source, str) else source


def walk(tree):
    """All nodes below a node, and it."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                pending.append(value)
            elif isinstance(value, list):
                pending.extend(item for item in value if isinstance(item, ast.AST))


def has_dynamic_code(text):
    """Whether a file calls `exec` or `compile`."""
    return _DYNAMIC.search(text) is not None


def refuse_newer(tree, source, filename):
    """Raises the SyntaxError of Python 3.12 for the first newer construct of the tree."""
    if not isinstance(source, (str, bytes)):
        return
    data = _encoded(source)
    searched = (_TEMPLATE, _SEVERAL_EXCEPTIONS, _TYPE_PARAMETERS)
    if not any(pattern.search(data) for pattern in searched):
        return
    lines = (source if isinstance(source, str) else decode_source(source)).splitlines()
    faults = list(_faults(tree, lines))
    if faults:
        message, line, start, end_line, end = min(faults, key=lambda fault: fault[1:3])
        shown = lines[line - 1] if line <= len(lines) else ''
        raise SyntaxError(message, (str(filename), line, start + 1, shown + '\n', end_line, end + 1))


def _characters(line, offset):
    """Characters in the first `offset` UTF-8 bytes of a line."""
    return len(line.encode()[:offset].decode('utf-8', 'replace'))


def _faults(tree, lines):
    """Message, line, first character, last line and end of each newer construct; characters count from 0."""
    def place(node, line=None, offset=None):
        first = node.lineno if line is None else line
        start = _characters(lines[first - 1], node.col_offset if offset is None else offset)
        return first, start, node.end_lineno, _characters(lines[node.end_lineno - 1], node.end_col_offset)

    for node in walk(tree):
        if isinstance(node, ast.TemplateStr):
            line, start, end_line, end = place(node)
            while lines[line - 1][start : start + 1] not in ('"', "'", ''):
                start += 1
            yield 'invalid syntax', line, start, end_line, end
        elif isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
            if not _is_parenthesized(node.type, lines):
                line, start, end_line, end = place(node.type)
                if node.name is not None and line == end_line:
                    end = lines[line - 1].find(node.name, end) + len(node.name)
                elif lines[line - 1][start] == '(':
                    start += 1
                yield 'multiple exception types must be parenthesized', line, start, end_line, end
        for parameter in getattr(node, 'type_params', ()):
            if parameter.default_value is not None:
                yield _default_fault(node, parameter, lines, place)
                break


def _default_fault(node, parameter, lines, place):
    line, start, end_line, end = place(parameter)
    if isinstance(node, ast.TypeAlias):
        return "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", line, start, end_line, end
    if isinstance(node, ast.ClassDef):
        equals = lines[line - 1].find('=', start)
        return 'invalid syntax', line, equals, line, equals + 1
    bracket = lines[node.lineno - 1].find('[', _characters(lines[node.lineno - 1], node.col_offset))
    return "expected '('", node.lineno, bracket, node.lineno, bracket + 1


def _is_parenthesized(node, lines):
    """Whether the parentheses at a tuple's ends are its own: `(A, B)` but not `(A), (B)`."""
    text = '\n'.join(lines[node.lineno - 1 : node.end_lineno]).encode()
    left = text.rfind(b'\n') + 1 if node.end_lineno > node.lineno else 0
    text = text[node.col_offset : left + node.end_col_offset]
    if not text.startswith(b'(') or not text.endswith(b')'):
        return False
    depth = 0
    for position, byte in enumerate(text):
        depth += (byte in b'([{') - (byte in b')]}')
        if depth == 0:
            return position == len(text) - 1
    return False
