"""`_sqlite3`: the check that a connection stays in its thread, and the log of statements.

The C code asks the operating system for the thread, and there it is always the same one.
"""

import time

import _sandbox_core as core
import _sandbox_sqlite_busy as busy
import _sandbox_sqlite_older as older

_SLOTS = ('_owner',)


def _check_thread(holder, error):
    """Of a connection or cursor that was never initialised, the C code's own methods complain."""
    owner = getattr(holder, '_owner', 0)
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
        _check_thread(self, error)
        return original(self, *args, **kwargs)

    method.__name__ = name
    method.__doc__ = original.__doc__
    return method


def _statement(base, name, error, locked):
    """The method `name` of a cursor that takes SQL, checked and logged; waits while the database is locked."""
    original = getattr(base, name)

    def method(self, sql, *args):
        _check_thread(self, error)
        connection = self.connection
        if not isinstance(sql, str) or not hasattr(connection, '_timeout'):
            return _timed(lambda: original(self, sql, *args), sql)
        statement = busy.settle_pragma(connection, sql)
        rows = None
        if name == 'executemany' and len(args) == 1:
            rows = busy.Rows(args[0])
            args = (rows,)
        if not connection.in_transaction:
            connection._holds = False
        held = connection._holds
        commits = held and statement.lstrip()[:6].upper() in ('COMMIT', 'END', 'END TR')

        def run():
            if rows is not None:
                rows.rewind()
            try:
                return original(self, statement, *args)
            except error as problem:
                if not args or not older.takes_by_place(problem):
                    raise
                if rows is None:
                    return original(self, statement, older.ByPlace(problem, args[0]))
                rows.rewind()
                return original(self, statement, (older.ByPlace(problem, row) for row in rows))

        def may_wait():
            return (commits or not held) and (rows is None or rows.taken <= 1) and name != 'executescript'

        result = _timed(lambda: busy.patiently(connection, run, may_wait, locked), sql)
        busy.note(connection, statement)
        return result

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
            _check_thread(self, error)
            super().__init__(connection)

        def __next__(self):
            if getattr(self, '_owner', 0) not in (0, core.current):
                _check_thread(self, error)
            return base_cursor.__next__(self)

    for name in ('fetchone', 'fetchmany', 'fetchall', 'close'):
        setattr(Cursor, name, _checked(base_cursor, name, error))
    for name in ('execute', 'executemany', 'executescript'):
        setattr(Cursor, name, _statement(base_cursor, name, error, module.OperationalError))

    class Connection(base_connection):
        __slots__ = (*_SLOTS, '_timeout', '_holds')

        def __init__(self, database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True,
                     factory=None, cached_statements=128, uri=False, **kwargs):  # fmt: skip
            for name in kwargs.keys() - {'autocommit'}:
                raise TypeError(f"'{name}' is an invalid keyword argument for Connection()")
            self._owner = core.current if check_same_thread else 0
            self._timeout = timeout
            self._holds = False
            # Threads share one in the C code's eyes, so the check above is the one that counts.
            # By name: 3.12 takes them by place in silence, 3.14 warns.
            super().__init__(database, timeout=0, detect_types=detect_types, isolation_level=isolation_level,
                             check_same_thread=False, cached_statements=cached_statements, uri=uri, **kwargs)  # fmt: skip

        def cursor(self, factory=Cursor):
            _check_thread(self, error)
            return super().cursor(factory)

        # The C code takes a short way past the cursor's methods, and so past the log and the wait.
        def execute(self, sql, *args):
            return self.cursor().execute(sql, *args)

        def executemany(self, sql, *args):
            return self.cursor().executemany(sql, *args)

        def executescript(self, *args):
            return self.cursor().executescript(*args)

        def commit(self):
            _check_thread(self, error)
            if not hasattr(self, '_timeout'):
                return super().commit()
            busy.patiently(self, super().commit, lambda: True, module.OperationalError)
            self._holds = False

        def __exit__(self, kind, value, traceback):
            _check_thread(self, error)
            if kind is not None:
                return super().__exit__(kind, value, traceback)
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
            return False

    for name in (
        'rollback', 'close', 'create_function', 'create_aggregate', 'create_collation', 'set_authorizer',
        'set_progress_handler', 'set_trace_callback', 'iterdump', 'backup', 'blobopen', 'serialize', 'deserialize',
        'create_window_function', 'setlimit', 'getlimit', 'setconfig', 'getconfig', '__call__',
    ):  # fmt: skip
        if hasattr(base_connection, name):
            setattr(Connection, name, _checked(base_connection, name, error))

    def connect(*args, **kwargs):
        if not args and 'database' not in kwargs:
            raise TypeError("Connection() missing required argument 'database' (pos 1)")
        factory = args[5] if len(args) > 5 else kwargs.get('factory', Connection)
        return factory(*args, **kwargs)

    for kind in (Connection, Cursor):
        kind.__module__ = 'sqlite3'
        kind.__qualname__ = kind.__name__
    connect.__doc__ = module.connect.__doc__
    module.Connection, module.Cursor, module.connect = Connection, Cursor, connect
