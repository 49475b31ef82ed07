"""Locks between two interpreters that share a database file."""

import sqlite3
import subprocess
import sys

CHILD = """
import sqlite3, sys
connection = sqlite3.connect('shared.db', timeout=0.2, isolation_level=None)
for statement in sys.argv[1:]:
    try:
        print(statement, '->', connection.execute(statement).fetchall())
    except sqlite3.OperationalError as error:
        print(statement, '!', error, error.sqlite_errorname)
"""


def child(*statements):
    done = subprocess.run([sys.executable, '-c', CHILD, *statements], capture_output=True, text=True)
    print(done.stdout + done.stderr, end='')


connection = sqlite3.connect('shared.db', isolation_level=None)
connection.execute('create table t (x)')
child('insert into t values (1)', 'select * from t')
print(connection.execute('select * from t').fetchall())
connection.execute('begin immediate')
connection.execute('insert into t values (2)')
child('select * from t', 'insert into t values (3)', 'begin immediate')
connection.execute('commit')
child('select * from t', 'insert into t values (4)')
connection.execute('begin exclusive')
child('select * from t', 'insert into t values (5)')
connection.execute('rollback')
connection.execute('begin')
print(connection.execute('select count(*) from t').fetchone())
child('select count(*) from t', 'insert into t values (6)')
connection.execute('commit')
child('insert into t values (7)', 'begin', 'insert into t values (8)', 'rollback', 'delete from t where x = 1')
print(connection.execute('select * from t').fetchall(), connection.execute('pragma integrity_check').fetchone())
writer = subprocess.Popen(
    [sys.executable, '-c', CHILD, 'begin immediate', 'insert into t values (9)', 'commit'], stdout=subprocess.PIPE, text=True
)
print(writer.communicate()[0], end='')
print(connection.execute('select max(x) from t').fetchone())
