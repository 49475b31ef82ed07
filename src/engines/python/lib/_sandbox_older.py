"""What the standard library of Python 3.12 has and this interpreter's does not, or has under another name."""

import sys


def _functools(module):
    """`wraps` hands on the values of annotations; later versions hand on the function that makes them."""
    names = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__')
    module.WRAPPER_ASSIGNMENTS = names
    for function in (module.update_wrapper, module.wraps):
        function.__defaults__ = (names, *function.__defaults__[1:])
    import _sandbox_older_removed

    _sandbox_older_removed.partial(module)


_RENAMED_STATUS = {
    413: ('REQUEST_ENTITY_TOO_LARGE', 'Request Entity Too Large'),
    414: ('REQUEST_URI_TOO_LONG', 'Request-URI Too Long'),
    416: ('REQUESTED_RANGE_NOT_SATISFIABLE', 'Requested Range Not Satisfiable'),
    422: ('UNPROCESSABLE_ENTITY', 'Unprocessable Entity'),
}
_UNDESCRIBED_STATUS = (102, 103, 207, 208, 226, 422, 423, 424, 425, 426, 506, 507, 508, 510)


def _http(module):
    """Names and phrases of statuses; the later names stay as aliases."""
    status = module.HTTPStatus
    for number, (name, phrase) in _RENAMED_STATUS.items():
        member = status(number)
        member._name_, member.phrase = name, phrase
    status._member_names_[:] = [status[name]._name_ for name in status._member_names_]
    for number in _UNDESCRIBED_STATUS:
        status(number).description = ''
    status(413).description = 'Entity is too large'
    status(418).description += '.'


def _coroutines(module):
    """Deprecated later only."""
    quiet = module._iscoroutinefunction
    quiet.__name__ = quiet.__qualname__ = 'iscoroutinefunction'
    module.iscoroutinefunction = quiet


def _events(module):
    """The loop that `get_event_loop` makes in the main thread, and policies without a warning."""
    policy = module._BaseDefaultEventLoopPolicy

    def get_event_loop(self):
        import threading

        if self._local._loop is None and not getattr(self._local, '_set_called', False):
            if threading.current_thread() is threading.main_thread():
                import warnings

                frame, level = sys._getframe(1), 2
                while frame.f_globals.get('__name__', '').partition('.')[0] == 'asyncio' and frame.f_back is not None:
                    frame, level = frame.f_back, level + 1
                warnings.warn('There is no current event loop', DeprecationWarning, stacklevel=level)
                self.set_event_loop(self.new_event_loop())
        if self._local._loop is None:
            raise RuntimeError(f'There is no current event loop in thread {threading.current_thread().name!r}.')
        return self._local._loop

    set_loop = policy.set_event_loop

    def set_event_loop(self, loop):
        self._local._set_called = True
        set_loop(self, loop)

    policy.get_event_loop, policy.set_event_loop = get_event_loop, set_event_loop
    module.AbstractEventLoopPolicy = _renamed(module._AbstractEventLoopPolicy, 'AbstractEventLoopPolicy')
    module.BaseDefaultEventLoopPolicy = _renamed(policy, 'BaseDefaultEventLoopPolicy')
    for name in ('get_event_loop_policy', 'set_event_loop_policy'):
        function = getattr(module, f'_{name}')
        function.__name__ = function.__qualname__ = name
        setattr(module, name, function)


def _renamed(kind, name):
    kind.__name__ = kind.__qualname__ = name
    return kind


def _asyncio(module):
    from asyncio import coroutines, events, unix_events

    module.iscoroutinefunction = coroutines.iscoroutinefunction
    module.AbstractEventLoopPolicy = events.AbstractEventLoopPolicy
    policy = _renamed(unix_events._DefaultEventLoopPolicy, '_UnixDefaultEventLoopPolicy')
    module.DefaultEventLoopPolicy = unix_events.DefaultEventLoopPolicy = policy
    for name in ('get_event_loop_policy', 'set_event_loop_policy'):
        setattr(module, name, getattr(events, name))
    import _sandbox_older_removed

    _sandbox_older_removed.child_watchers(module)


def _pkgutil(module):
    import importlib.util

    def find_loader(fullname):
        _warn_removed('pkgutil.find_loader', 'use importlib.util.find_spec() instead')
        if fullname.startswith('.'):
            raise ImportError(f'Relative module name {fullname!r} not supported')
        try:
            spec = importlib.util.find_spec(fullname)
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            raise ImportError(f'Error while finding loader for {fullname!r} ({type(error)}: {error})') from error
        return spec.loader if spec is not None else None

    def get_loader(module_or_name):
        _warn_removed('pkgutil.get_loader', 'use importlib.util.find_spec() instead')
        if module_or_name in sys.modules:
            module_or_name = sys.modules[module_or_name]
            if module_or_name is None:
                return None
        if hasattr(module_or_name, '__loader__'):
            loader = module_or_name.__loader__
            if loader is not None:
                return loader
            return None if getattr(module_or_name, '__spec__', None) is None else find_loader(module_or_name.__name__)
        return find_loader(module_or_name)

    module.find_loader, module.get_loader = find_loader, get_loader


def _warn_removed(name, advice):
    import warnings

    text = f'{name!r} is deprecated and slated for removal in Python 3.14; {advice}'
    warnings.warn(text, DeprecationWarning, stacklevel=3)


def _importlib_abc(module):
    def __getattr__(name):
        if name in ('ResourceReader', 'Traversable', 'TraversableResources'):
            from importlib.resources import abc

            import warnings

            text = f"'importlib.abc.{name}' is deprecated and slated for removal in Python 3.14"
            warnings.warn(text, DeprecationWarning, stacklevel=2)
            return getattr(abc, name)
        raise AttributeError(f'module {module.__name__!r} has no attribute {name!r}')

    module.__getattr__ = __getattr__


def _shutil(module):
    class ExecError(OSError):
        """Raised when a command could not be executed"""

    ExecError.__module__, ExecError.__qualname__ = 'shutil', 'ExecError'
    module.ExecError = ExecError


def _locale(module):
    def resetlocale(category=module.LC_ALL):
        import warnings

        warnings.warn('Use locale.setlocale(locale.LC_ALL, "") instead', DeprecationWarning, stacklevel=2)
        module._setlocale(category, module._build_localename(module.getlocale()))

    module.resetlocale = resetlocale


def _unittest_loader(module):
    def loader_for(prefix, sort_using, suite_class=module.suite.TestSuite, name_patterns=None):
        loader = module.TestLoader()
        loader.sortTestMethodsUsing, loader.testMethodPrefix = sort_using, prefix
        loader.testNamePatterns, loader.suiteClass = name_patterns, suite_class
        return loader

    def warn(name, method):
        import warnings

        text = f'unittest.{name}() is deprecated and will be removed in Python 3.13. '
        warnings.warn(f'{text}Please use unittest.TestLoader.{method}() instead.', DeprecationWarning, stacklevel=3)

    compare = module.util.three_way_cmp

    def getTestCaseNames(testCaseClass, prefix, sortUsing=compare, testNamePatterns=None):
        warn('getTestCaseNames', 'getTestCaseNames')
        return loader_for(prefix, sortUsing, name_patterns=testNamePatterns).getTestCaseNames(testCaseClass)

    def makeSuite(testCaseClass, prefix='test', sortUsing=compare, suiteClass=module.suite.TestSuite):
        warn('makeSuite', 'loadTestsFromTestCase')
        return loader_for(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)

    def findTestCases(testModule, prefix='test', sortUsing=compare, suiteClass=module.suite.TestSuite):
        warn('findTestCases', 'loadTestsFromModule')
        return loader_for(prefix, sortUsing, suiteClass).loadTestsFromModule(testModule)

    module.getTestCaseNames, module.makeSuite, module.findTestCases = getTestCaseNames, makeSuite, findTestCases


def _unittest(module):
    for name in ('getTestCaseNames', 'makeSuite', 'findTestCases'):
        setattr(module, name, getattr(module.loader, name))


def _logging_handlers(module):
    from stat import ST_DEV, ST_INO, ST_MTIME

    module.ST_DEV, module.ST_INO, module.ST_MTIME = ST_DEV, ST_INO, ST_MTIME


def _ast(module):
    import _sandbox_older_ast

    _sandbox_older_ast.install(module)


def _time(module):
    """Threads take turns and their shares are not counted apart; local time is UTC."""
    if not hasattr(module, 'thread_time'):
        module.thread_time, module.thread_time_ns = module.process_time, module.process_time_ns

    def tzset():
        import os

        if os.environ.get('TZ', '').lstrip(':') not in ('', 'UTC', 'UTC0', 'Etc/UTC', 'GMT'):
            import _sandbox_core

            _sandbox_core.host.substitution('time', 'time.tzset: local time stays UTC.')

    if not hasattr(module, 'tzset'):
        module.tzset = tzset


def _zoneinfo(module):
    import _sandbox_zones

    _sandbox_zones.install_list(module)


def _zoneinfo_common(module):
    import _sandbox_zones

    _sandbox_zones.install(module)


def _traceback(module):
    import _sandbox_traceback

    _sandbox_traceback.install(module)


def _removed(module):
    import _sandbox_older_removed

    _sandbox_older_removed.PATCHES[module.__name__](module)


class _UnionItem:
    """`Union.__getitem__`: of the class it makes a union (which `Union[...]` does), of a union it fills in types."""

    def __init__(self, of_instance):
        self._of_instance = of_instance

    def __get__(self, union, kind=None):
        if union is not None:
            return self._of_instance.__get__(union, kind)
        return kind.__class_getitem__


def _union():
    """`typing.Union` was an object with this method, by which older releases of SQLAlchemy make unions; now it is a class.

    The class takes no attributes, so its namespace is changed. That is seen because nobody has asked for the name yet.
    """
    from gc import get_referents

    kind = type(int | str)
    (namespace,) = get_referents(kind.__dict__)
    namespace['__getitem__'] = _UnionItem(namespace['__getitem__'])


PATCHES = {
    **dict.fromkeys(
        ('argparse', 'email.utils', 'pathlib', 're', 'sqlite3', 'sqlite3.dbapi2', 'warnings'), _removed
    ),
    'ast': _ast,
    'asyncio': _asyncio,
    'asyncio.coroutines': _coroutines,
    'asyncio.events': _events,
    'functools': _functools,
    'http': _http,
    'importlib.abc': _importlib_abc,
    'locale': _locale,
    'logging.handlers': _logging_handlers,
    'pkgutil': _pkgutil,
    'shutil': _shutil,
    'time': _time,
    'traceback': _traceback,
    'unittest': _unittest,
    'zoneinfo': _zoneinfo,
    'zoneinfo._common': _zoneinfo_common,
    'unittest.loader': _unittest_loader,
}
"""What to do to each module of the standard library right after it was imported."""


TEXTS = frozenset(
    'argparse asyncio.runners fnmatch functools gzip http.server json.decoder json.scanner locale textwrap'.split()
)
"""Modules that `_sandbox_older_texts` patches."""


def _patch_texts(module):
    import _sandbox_older_texts

    if module.__name__ in PATCHES:
        PATCHES[module.__name__](module)
    _sandbox_older_texts.PATCHES[module.__name__](module)


def install():
    """Patches the modules that are loaded, and the others when they are."""
    import _sandbox_builtins

    _union()
    # What a package has of its modules comes after them.
    patches = PATCHES | dict.fromkeys(TEXTS, _patch_texts)
    for name, patch in sorted(patches.items(), key=lambda item: -item[0].count('.')):
        if name in sys.modules:
            patch(sys.modules[name])
        else:
            _sandbox_builtins.after_import[name] = patch
