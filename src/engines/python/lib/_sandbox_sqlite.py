"""`_sqlite3`: the check that a connection stays in its thread, and the log of statements.

The C code asks the operating system for the thread, and there it is always the same one.
"""

import time

import _sandbox_core as core

_SLOTS = ('_owner',)


def _check_thread(owner, error):
    if owner and owner != core.current:
        raise error(
            'SQLite objects created in a thread can only be used in that same thread. '
            f'The object was created in thread id {owner} and this is thread id {core.current}.'
        )


def _timed(run, sql):
    started = time.perf_counter()
    try:
        return run()
    finally:
        if isinstance(sql, str):
            core.host.query(sql, (time.perf_counter() - started) * 1000)


def _checked(base, name, error):
    """The method `name` of `base`, after a check of the thread."""
    original = getattr(base, name)

    def method(self, *args, **kwargs):
        _check_thread(self._owner, error)
        return original(self, *args, **kwargs)

    method.__name__ = name
    method.__doc__ = original.__doc__
    return method


def _statement(base, name, error):
    """The method `name` of `base` that takes SQL, checked and logged."""
    original = getattr(base, name)

    def method(self, sql, *args):
        _check_thread(self._owner, error)
        return _timed(lambda: original(self, sql, *args), sql)

    method.__name__ = name
    method.__doc__ = original.__doc__
    return method


def install(module):
    error = module.ProgrammingError
    base_connection, base_cursor = module.Connection, module.Cursor

    class Cursor(base_cursor):
        __slots__ = _SLOTS

        def __init__(self, connection):
            self._owner = getattr(connection, '_owner', 0)
            _check_thread(self._owner, error)
            super().__init__(connection)

        def __next__(self):
            if self._owner and self._owner != core.current:
                _check_thread(self._owner, error)
            return base_cursor.__next__(self)

    for name in ('fetchone', 'fetchmany', 'fetchall', 'close'):
        setattr(Cursor, name, _checked(base_cursor, name, error))
    for name in ('execute', 'executemany', 'executescript'):
        setattr(Cursor, name, _statement(base_cursor, name, error))

    class Connection(base_connection):
        __slots__ = _SLOTS

        def __init__(self, database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, *args, **kwargs):
            self._owner = core.current if check_same_thread else 0
            # Threads share one in the C code's eyes, so the check above is the one that counts.
            super().__init__(database, timeout, detect_types, isolation_level, False, *args, **kwargs)

        def cursor(self, factory=Cursor):
            _check_thread(self._owner, error)
            return super().cursor(factory)

    for name in (
        'commit', 'rollback', 'close', 'create_function', 'create_aggregate', 'create_collation', 'set_authorizer',
        'set_progress_handler', 'set_trace_callback', 'iterdump', 'backup', 'blobopen', 'serialize', 'deserialize',
        '__enter__', '__exit__', '__call__',
    ):  # fmt: skip
        if hasattr(base_connection, name):
            setattr(Connection, name, _checked(base_connection, name, error))

    def connect(database, *args, factory=None, **kwargs):
        if len(args) > 4:
            args, factory = (*args[:4], *args[5:]), args[4]
        return (factory or Connection)(database, *args, **kwargs)

    for kind in (Connection, Cursor):
        kind.__module__ = 'sqlite3'
        kind.__qualname__ = kind.__name__
    connect.__doc__ = module.connect.__doc__
    module.Connection, module.Cursor, module.connect = Connection, Cursor, connect
