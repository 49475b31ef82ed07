"""The check that objects stay in their thread, and threads that wait for each other's locks."""

import re
import sqlite3
import threading
import time


def tell(label, action):
    try:
        print(label, '->', repr(action()))
    except Exception as error:
        print(label, '!', type(error).__name__, re.sub(r'\d{5,}', 'N', str(error)))


def in_thread(action):
    thread = threading.Thread(target=action)
    thread.start()
    thread.join()


connection = sqlite3.connect(':memory:')
connection.execute('create table t (x)')
cursor = connection.cursor()
cursor.execute('select 1')


def misuse():
    tell('execute', lambda: connection.execute('select 1'))
    tell('cursor', connection.cursor)
    tell('commit', connection.commit)
    tell('rollback', connection.rollback)
    tell('close', connection.close)
    tell('fetchone', cursor.fetchone)
    tell('fetchall', cursor.fetchall)
    tell('fetchmany', cursor.fetchmany)
    tell('cursor execute', lambda: cursor.execute('select 1'))
    tell('cursor close', cursor.close)
    tell('next', lambda: next(cursor))
    tell('create_function', lambda: connection.create_function('f', 0, lambda: 1))
    tell('enter', lambda: type(connection.__enter__()).__name__)
    tell('total_changes', lambda: connection.total_changes)
    tell('in_transaction', lambda: connection.in_transaction)
    tell('interrupt', connection.interrupt)
    tell('executemany', lambda: connection.executemany('insert into t values (?)', [(1,)]))
    tell('executescript', lambda: connection.executescript('select 1'))
    tell('iterdump', lambda: list(connection.iterdump()))
    tell('backup', lambda: connection.backup(sqlite3.connect(':memory:')))


in_thread(misuse)

shared = sqlite3.connect('free.db', check_same_thread=False)
shared.execute('create table t (x)')
in_thread(lambda: tell('allowed', lambda: shared.execute('insert into t values (1)').rowcount))
shared.commit()
tell('count', lambda: shared.execute('select count(*) from t').fetchone())

order = []


def holder():
    mine = sqlite3.connect('free.db')
    mine.execute('insert into t values (2)')
    order.append('holder has it')
    ready.set()
    time.sleep(0.3)
    order.append('holder lets go')
    mine.commit()
    mine.close()


def waiter():
    ready.wait()
    mine = sqlite3.connect('free.db', timeout=5)
    mine.execute('insert into t values (3)')
    order.append('waiter has it')
    mine.commit()
    mine.close()


ready = threading.Event()
threads = [threading.Thread(target=target) for target in (holder, waiter)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(order)
tell('count', lambda: shared.execute('select count(*) from t').fetchone())
blocker = sqlite3.connect('free.db', isolation_level=None)
blocker.execute('begin immediate')
started = time.monotonic()
tell('times out', lambda: sqlite3.connect('free.db', timeout=0.3).execute('insert into t values (4)'))
print(0.25 < time.monotonic() - started < 3)
other = sqlite3.connect('free.db', timeout=30)
other.execute('begin')
other.execute('select * from t').fetchall()
started = time.monotonic()
tell('no wait with a read lock', lambda: other.execute('insert into t values (5)'))
print(time.monotonic() - started < 3)
