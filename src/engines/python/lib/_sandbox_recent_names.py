"""The reviewed list of what the standard library has that Python 3.12 does not (scripts/engines/python-names.py)."""

import sys
from collections import namedtuple

MODULES = {
    '_colorize', '_interpreters', '_pyrepl', '_zstd', 'annotationlib', 'asyncio.graph', 'asyncio.tools', 'compression',
    'compression.bz2', 'compression.gzip', 'compression.lzma', 'compression.zlib', 'compression.zstd',
    'concurrent.futures.interpreter', 'concurrent.interpreters', 'dbm.sqlite3', 'pathlib.types', 'string.templatelib',
}  # fmt: skip
"""Modules that are newer."""

NOT_PACKAGES = {'pathlib', 'string'}
"""Modules that became packages."""

NAMES = {
    'ast': 'Interpolation PyCF_OPTIMIZED_AST TemplateStr compare',
    'asyncio': 'EventLoop QueueShutDown FrameCallGraphEntry FutureCallGraph capture_call_graph format_call_graph '
    'future_add_to_awaited_by future_discard_from_awaited_by print_call_graph',
    'asyncio.queues': 'QueueShutDown',
    'base64': 'z85decode z85encode',
    'builtins': 'PythonFinalizationError',
    'concurrent.futures': 'InterpreterPoolExecutor',
    'configparser': 'InvalidWriteError MultilineContinuationError UNNAMED_SECTION UnnamedSectionDisabledError',
    'copy': 'replace',
    'ctypes': 'CField memoryview_at',
    'decimal': 'IEEEContext IEEE_CONTEXT_MAX_BITS',
    'enum': 'EnumDict',
    'faulthandler': 'dump_c_stack',
    'functools': 'Placeholder',
    'glob': 'translate',
    'heapq': 'heapify_max heappop_max heappush_max heappushpop_max heapreplace_max',
    'http.client': 'CONTENT_TOO_LARGE RANGE_NOT_SATISFIABLE UNPROCESSABLE_CONTENT URI_TOO_LONG',
    'http.server': 'HTTPSServer ThreadingHTTPSServer',
    'inspect': 'ispackage',
    'io': 'Reader Writer',
    'math': 'fma',
    'mimetypes': 'guess_file_type',
    'operator': 'is_none is_not_none',
    'os': 'process_cpu_count readinto reload_environ',
    'os.path': 'ALLOW_MISSING isreserved',
    'pathlib': 'UnsupportedOperation',
    'platform': 'android_ver invalidate_caches ios_ver',
    'queue': 'ShutDown',
    're': 'PatternError',
    'statistics': 'kde kde_random',
    'sys': '_is_gil_enabled _is_immortal _is_interned is_remote_debug_enabled remote_exec',
    'types': 'CapsuleType',
    'typing': 'NoDefault ReadOnly TypeIs evaluate_forward_ref get_protocol_members is_protocol',
    'unittest.mock': 'ThreadingMock',
    'uuid': 'MAX NIL uuid6 uuid7 uuid8',
    'warnings': 'deprecated',
    'zipfile': 'ZIP_ZSTANDARD ZSTANDARD_VERSION',
}
NAMES = {module: frozenset(names.split()) for module, names in NAMES.items()}
"""Names of modules that are newer."""

_ASSERTIONS = 'EndsWith HasAttr IsSubclass NotEndsWith NotHasAttr NotIsSubclass NotStartsWith StartsWith'

MEMBERS = {
    **{name: ('athlib', 'pathlib') for name in 'copy copy_into from_uri full_match move move_into'.split()},
    **{f'assert{name}': ('unittest', 'unittest.case') for name in _ASSERTIONS.split()},
    'shutdown': ('Queue', 'asyncio.queues', 'queue', 'multiprocessing.queues'),
    'close_clients': ('start_server', 'asyncio.base_events', 'asyncio.events'),
    'abort_clients': ('start_server', 'asyncio.base_events', 'asyncio.events'),
    'strptime': ('date', 'datetime'),
    'from_number': ('from_number', 'builtins', 'decimal', 'fractions'),
    'locked': ('RLock', 'threading', '_thread'),
    'kill_workers': ('ProcessPool', 'concurrent.futures.process'),
    'terminate_workers': ('ProcessPool', 'concurrent.futures.process'),
    'CONTENT_TOO_LARGE': ('HTTPStatus', 'http'),
    'RANGE_NOT_SATISFIABLE': ('HTTPStatus', 'http'),
    'UNPROCESSABLE_CONTENT': ('HTTPStatus', 'http'),
    'URI_TOO_LONG': ('HTTPStatus', 'http'),
}
"""Attributes of classes: a word of the files that are looked through for them, and the modules of the classes."""

_UNEXPECTED = '{}() got an unexpected keyword argument {!r}'
_NONE = '{}() takes no keyword arguments'

KEYWORDS = {
    'annotation_format': {'signature': ('inspect.signature', _UNEXPECTED)},
    'buffersize': {'map': ('concurrent.futures._base.Executor.map', _UNEXPECTED)},
    'color': {'ArgumentParser': ('argparse.ArgumentParser', _UNEXPECTED)},
    'context': {'Thread': ('threading.Thread', _UNEXPECTED)},
    'count': {'replace': ('builtins.str.replace', _NONE)},
    'decorator': {'make_dataclass': ('dataclasses.make_dataclass', _UNEXPECTED)},
    'default': {
        'ParamSpec': ('typing.ParamSpec', '{1!r} is an invalid keyword argument for paramspec()'),
        'TypeVar': ('typing.TypeVar', '{1!r} is an invalid keyword argument for typevar()'),
        'TypeVarTuple': ('typing.TypeVarTuple', 'typevartuple() takes at most 1 argument (2 given)'),
    },
    'deprecated': {
        'add_argument': ('argparse._ActionsContainer.add_argument', '_StoreAction.__init__() got an unexpected keyword argument {1!r}'),
    },
    'doc': {'field': ('dataclasses.field', _UNEXPECTED)},
    'eager_start': {'create_task': ('asyncio.tasks.create_task', _UNEXPECTED)},
    'follow_symlinks': {'chown': ('shutil.chown', _UNEXPECTED)},
    'globals': {
        'eval': ('builtins.eval', _NONE),
        'exec': ('builtins.exec', '{1!r} is an invalid keyword argument for exec()'),
    },
    'initial': {'reduce': ('functools.reduce', _NONE)},
    'optimize': {'parse': ('ast.parse', _UNEXPECTED)},
    'recurse_symlinks': {
        'glob': ('pathlib.Path.glob', _UNEXPECTED),
        'rglob': ('pathlib.Path.rglob', _UNEXPECTED),
    },
    'strict': {
        'map': ('builtins.map', _NONE),
        'batched': ('itertools.batched', 'batched() takes at most 2 arguments (3 given)'),
    },
    'suggest_on_error': {'ArgumentParser': ('argparse.ArgumentParser', _UNEXPECTED)},
}
"""Newer keyword arguments: by the name of the function that is called, where it is, and what Python 3.12 says."""

NOT_BESIDE = {'default': 'typing_extensions'}
"""Keyword arguments that are not looked for in a file that holds this word: there older versions have them too."""

VERSION = (3, 12, 1)

_version_info = namedtuple('version_info', 'major minor micro releaselevel serial', module='sys')
_TEXT = '.'.join(map(str, VERSION))

VALUES = {
    ('sys', 'version_info'): type('version_info', (_version_info,), {
        '__module__': 'sys', '__slots__': (),
        '__repr__': lambda self: 'sys.' + _version_info.__repr__(self),
    })(*VERSION, 'final', 0),
    ('sys', 'version'): f'{_TEXT} (stands for it: CPython {sys.version.partition(" ")[0]})',
    ('sys', 'hexversion'): VERSION[0] << 24 | VERSION[1] << 16 | VERSION[2] << 8 | 0xF0,
    ('sys', 'maxsize'): 2**63 - 1,
    ('platform', 'python_version'): lambda: _TEXT,
    ('platform', 'python_version_tuple'): lambda: tuple(map(str, VERSION)),
}  # fmt: skip
"""What a submission's own files read instead: they are to take the ways that they take on Python 3.12."""
