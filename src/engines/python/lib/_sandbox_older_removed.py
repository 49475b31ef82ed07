"""Names and parameters that Python 3.13 and 3.14 removed from modules which are still there."""

import sys


def _warn(text, level=3):
    import warnings

    warnings.warn(text, DeprecationWarning, stacklevel=level)


def warnings(module):
    """What was to be removed by 3.13 and 3.14 goes on with a warning."""
    module._deprecated.__kwdefaults__['_version'] = (3, 12, 1, 'final', 0)


def partial(module):
    """An attribute of a class that is a partial function is called without the instance."""
    base = module.partial

    class Kind(type):
        def __instancecheck__(cls, value):
            return isinstance(value, base) if cls is older else type.__instancecheck__(cls, value)

        def __subclasscheck__(cls, kind):
            return issubclass(kind, base) if cls is older else type.__subclasscheck__(cls, kind)

    older = Kind('partial', (base,), {
        '__module__': 'functools', '__doc__': base.__doc__, '__get__': lambda self, instance, owner=None: self,
    })  # fmt: skip
    module.partial = older


def sqlite3(module):
    """`version` and `version_info` of the module itself."""
    place = module.__name__

    def __getattr__(name):
        if name in ('version', 'version_info'):
            _warn(f'{name} is deprecated and will be removed in Python 3.14')
            return '2.6.0' if name == 'version' else (2, 6, 0)
        raise AttributeError(f'module {place!r} has no attribute {name!r}')

    module.__getattr__ = __getattr__


def argparse(module):
    action = module.BooleanOptionalAction
    make = action.__init__

    def __init__(self, option_strings, dest, default=None, **more):
        for name in ('type', 'choices', 'metavar'):
            value = more.pop(name, None)
            if value is not None:
                _warn(f'{name!r} is deprecated as of Python 3.12 and will be removed in Python 3.14.')
        make(self, option_strings, dest, default, **more)

    action.__init__ = __init__


def pathlib(module):
    """Several arguments of `relative_to` and `is_relative_to`; `with` statements over paths."""
    path = module.PurePath
    relative_to, is_relative_to = path.relative_to, path.is_relative_to

    def joined(self, other, more, name, what):
        if more:
            _warn(
                f'support for supplying more than one {what} to pathlib.PurePath.{name}() is deprecated and '
                'scheduled for removal in Python 3.14',
                4,
            )
        return self.with_segments(other, *more)

    def older_relative_to(self, other, /, *more, walk_up=False):
        return relative_to(self, joined(self, other, more, 'relative_to', 'positional argument'), walk_up=walk_up)

    def older_is_relative_to(self, other, /, *more):
        return is_relative_to(self, joined(self, other, more, 'is_relative_to', 'argument'))

    def __enter__(self):
        _warn(
            'pathlib.Path.__enter__() is deprecated and scheduled for removal in Python 3.13; '
            'Path objects as a context manager is a no-op',
            2,
        )
        return self

    for name, function in (('relative_to', older_relative_to), ('is_relative_to', older_is_relative_to)):
        function.__name__, function.__qualname__ = name, f'PurePath.{name}'
        setattr(path, name, function)
    module.Path.__enter__ = __enter__
    module.Path.__exit__ = lambda self, kind, error, trace: None


def re(module):
    """`re.template`, which compiled as `re.compile` does."""
    module.TEMPLATE = module.T = module.RegexFlag(1)

    def template(pattern, flags=0):
        _warn(
            'The re.template() function is deprecated as it is an undocumented function without an obvious purpose. '
            'Use re.compile() instead.'
        )
        return module.compile(pattern, flags)

    module.template = template


def email_utils(module):
    localtime = module.localtime

    def older_localtime(dt=None, isdst=None):
        if isdst is not None:
            _warn("The 'isdst' parameter to 'localtime' is deprecated and slated for removal in Python 3.14")
        return localtime(dt)

    older_localtime.__name__ = older_localtime.__qualname__ = 'localtime'
    module.localtime = older_localtime


def child_watchers(module):
    """Watchers of children: the loop sees to its children itself, whichever is set."""
    text = '{0!r} is deprecated as of Python 3.12 and will be removed in Python 3.14.'

    class AbstractChildWatcher:
        def attach_loop(self, loop):
            pass

        def is_active(self):
            return True

        def close(self):
            pass

        def __enter__(self):
            return self

        def __exit__(self, kind, error, trace):
            pass

    made = {'AbstractChildWatcher': AbstractChildWatcher}
    for name in 'Threaded Pidfd Safe Fast MultiLoop'.split():
        made[f'{name}ChildWatcher'] = type(f'{name}ChildWatcher', (AbstractChildWatcher,), {})
    made['ThreadedChildWatcher']._threads = {}
    current = []

    def get_own(_policy):
        _warn(text.format('get_child_watcher'))
        if not current:
            current.append(made['PidfdChildWatcher']())
        return current[0]

    def set_own(_policy, watcher):
        _warn(text.format('set_child_watcher'))
        current[:] = [watcher]

    def abstract(_policy, *_watcher):
        raise NotImplementedError

    from asyncio import events, unix_events

    base = events._AbstractEventLoopPolicy
    policies = {unix_events._DefaultEventLoopPolicy: (get_own, set_own), base: (abstract, abstract)}
    for policy, methods in policies.items():
        policy.get_child_watcher, policy.set_child_watcher = methods

    def get_child_watcher():
        return events._get_event_loop_policy().get_child_watcher()

    def set_child_watcher(watcher):
        return events._get_event_loop_policy().set_child_watcher(watcher)

    for name, kind in made.items():
        kind.__module__ = 'asyncio.unix_events'
        kind.__qualname__ = name
        setattr(module, name, kind)
    module.get_child_watcher, module.set_child_watcher = get_child_watcher, set_child_watcher


PATCHES = {
    'argparse': argparse,
    'email.utils': email_utils,
    'pathlib': pathlib,
    're': re,
    'sqlite3': sqlite3,
    'sqlite3.dbapi2': sqlite3,
    'warnings': warnings,
}
"""What to do to each module right after it was imported; see `_sandbox_older`, which has patches of its own."""
