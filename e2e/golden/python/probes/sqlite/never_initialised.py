"""Connections and cursors whose own constructor was never called, and the thread check of rarer methods."""

import re
import sqlite3
import threading


class Lazy(sqlite3.Connection):
    def __init__(self, *args):
        pass


class LazyCursor(sqlite3.Cursor):
    def __init__(self, *args):
        pass


def tell(label, action):
    try:
        print(label, '->', repr(action()))
    except Exception as error:
        print(label, '!', type(error).__name__, re.sub(r'\d{5,}', 'N', str(error)))


lazy = Lazy(':memory:')
for name in ('cursor', 'commit', 'rollback', 'close', 'interrupt', 'iterdump'):
    tell(f'lazy {name}', getattr(lazy, name))
tell('lazy execute', lambda: lazy.execute('select 1'))
tell('lazy total_changes', lambda: lazy.total_changes)

connection = sqlite3.connect(':memory:')
cursor = LazyCursor(connection)
for name in ('fetchone', 'fetchall', 'close'):
    tell(f'lazy cursor {name}', getattr(cursor, name))
tell('lazy cursor execute', lambda: cursor.execute('select 1'))

connection.execute('create table t (b blob)')
connection.execute('insert into t values (zeroblob(4))')
calls = {
    'create_window_function': lambda: connection.create_window_function('w', 0, None),
    'setlimit': lambda: connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, -1),
    'getlimit': lambda: connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH),
    'getconfig': lambda: connection.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY),
    'blobopen': lambda: connection.blobopen('t', 'b', 1),
    'set_trace_callback': lambda: connection.set_trace_callback(None),
}
for name, call in calls.items():
    thread = threading.Thread(target=tell, args=(f'other thread {name}', call))
    thread.start()
    thread.join()
    tell(f'own thread {name}', lambda: call() is None)
