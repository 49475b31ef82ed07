"""Tracebacks as Python 3.12 prints them: one source line a frame, its carets, and no frames of this engine."""

import sys

_ENGINE_FRAMES = ('/lib/python314.zip/_sandbox_', '/lib/python314.zip/_pyodide/', '/lib/python314.zip/pyodide/')


def is_engine_frame(frame):
    """Whether a frame stands for what is C code, or does not exist, in an interpreter on a machine."""
    return frame.f_code.co_filename.startswith(_ENGINE_FRAMES)


def _without_engine(walk):
    """A walk over (frame, position) pairs that leaves out the engine's frames."""

    def walk_frames(start):
        if start is None and walk.__name__ == 'walk_stack':
            start = sys._getframe(1)
        return (pair for pair in walk(start) if not is_engine_frame(pair[0]))

    return walk_frames


def _anchors(module, segment):
    """Offsets of the operator or the index in a piece of code, or None; calls have none in this version."""
    import ast

    try:
        expression = ast.parse(segment).body[0].value
        if not isinstance(expression, (ast.BinOp, ast.Subscript)):
            return None
        anchors = module._extract_caret_anchors_from_line_segment(segment)
    except Exception:
        return None
    if anchors is None:
        return None
    return anchors.left_end_offset, anchors.right_start_offset


def _carets(module, summary, line):
    """The line of carets below a source line, or ''. `line` has its indentation."""
    start = module._byte_offset_to_character_offset(line, summary.colno)
    stripped = line.strip()
    anchors = None
    if summary.lineno == summary.end_lineno:
        end = module._byte_offset_to_character_offset(line, summary.end_colno)
        anchors = _anchors(module, line[start:end])
    else:
        end = len(line.rstrip())
    if end - start >= len(stripped) and not (anchors and anchors[1] > anchors[0]):
        return ''
    indentation = len(line) - len(line.lstrip())
    first = module._display_width(line, offset=start)
    width = module._display_width(line, offset=end) - first
    if anchors is None:
        marks = '^' * width
    else:
        left, right = (module._display_width(line, offset=start + anchor) - first for anchor in anchors)
        marks = '~' * left + '^' * (right - left) + '~' * (width - right)
    return f'    {" " * (first - indentation)}{marks}\n'


def _formatter(module):
    def format_frame_summary(self, frame_summary, **_options):
        rows = [f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n']
        lines = (frame_summary.line or '').splitlines()
        if lines and lines[0].strip():
            rows.append(f'    {lines[0].strip()}\n')
            original = (frame_summary._original_lines or '').splitlines()
            if original and frame_summary.colno is not None and frame_summary.end_colno is not None:
                rows.append(_carets(module, frame_summary, original[0]))
        if frame_summary.locals:
            rows.extend(f'    {name} = {value}\n' for name, value in sorted(frame_summary.locals.items()))
        return ''.join(rows)

    return format_frame_summary


def install(module):
    """Patches the module `traceback`; `sys.excepthook` prints through it."""
    for name in ('walk_tb', 'walk_stack', '_walk_tb_with_full_positions'):
        walk = getattr(module, name)
        replacement = _without_engine(walk)
        replacement.__name__ = replacement.__qualname__ = name
        replacement.__doc__ = walk.__doc__
        replacement.__module__ = 'traceback'
        setattr(module, name, replacement)
    module.StackSummary.format_frame_summary = _formatter(module)
    # Python 3.12 does not guess which keyword was misspelt.
    module.TracebackException._find_keyword_typos = lambda _self: None
