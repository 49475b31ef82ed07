"""Waiting for a database that another connection has locked.

SQLite waits in C, where no other thread of this interpreter can run: the holder would never let go. So its own timeout
is 0 here, and the statement is tried again, with the pauses of SQLite's own handler, until the timeout is over.
"""

import re
import time

_BUSY = 5
_PAUSES = (0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.025, 0.025, 0.025, 0.05, 0.05, 0.1)
_PRAGMA = re.compile(
    r'\bpragma\s{1,9}(?:\w{1,64}\.)?busy_timeout\b(?:\s{0,9}[=(]\s{0,9}(\d{1,9})\s{0,9}\)?)?', re.IGNORECASE
)
_LOCKS = re.compile(r'\b(?:immediate|exclusive)\b', re.IGNORECASE)
_WORD = re.compile(r'\s{0,999}(\w{1,9})')


class Rows:
    """The parameters of `executemany`, which can be given again as long as no more than one was taken."""

    def __init__(self, rows):
        self._rows = iter(rows)
        self._first = ()
        self._again = False
        self.taken = 0

    def rewind(self):
        self._again = self.taken == 1

    def __iter__(self):
        return self

    def __next__(self):
        if self._again:
            self._again = False
            return self._first[0]
        row = next(self._rows)
        self.taken += 1
        self._first = (row,) if self.taken == 1 else ()
        return row


def settle_pragma(connection, sql):
    """`PRAGMA busy_timeout` sets and reads the timeout of this module; returns the SQL that shows it."""
    if 'busy_timeout' not in sql.lower():
        return sql

    def replace(match):
        if match[1] is not None:
            connection._timeout = int(match[1]) / 1000
        return f'SELECT {round(connection._timeout * 1000)} AS timeout'

    return _PRAGMA.sub(replace, sql)


def note(connection, sql):
    """Whether the connection holds a lock after this statement: who does gets no second one by waiting."""
    if not connection.in_transaction:
        connection._holds = False
    elif not connection._holds:
        connection._holds = not _begins_later(sql)


def _begins_later(sql):
    """BEGIN without IMMEDIATE or EXCLUSIVE takes no lock."""
    word = _WORD.match(sql)
    first = word[1].upper() if word else ''
    return first == 'SAVEPOINT' or (first == 'BEGIN' and not _LOCKS.search(sql))


def patiently(connection, run, may_wait, error):
    """`run`, again and again while it finds the database locked; as `sqlite3_busy_timeout` does it.

    may_wait: asked before each pause. error: the class that a locked database raises.
    """
    deadline = None
    for attempt in range(1_000_000):
        try:
            return run()
        except error as problem:
            if getattr(problem, 'sqlite_errorcode', 0) != _BUSY or not may_wait():
                raise
            now = time.monotonic()
            deadline = now + connection._timeout if deadline is None else deadline
            pause = min(_PAUSES[min(attempt, len(_PAUSES) - 1)], deadline - now)
            if pause <= 0:
                raise
        time.sleep(pause)
