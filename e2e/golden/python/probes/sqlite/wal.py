"""Write-ahead logging within one interpreter."""

import os
import sqlite3

print(sqlite3.connect(':memory:').execute('pragma journal_mode=wal').fetchone())
writer = sqlite3.connect('log.db')
print(writer.execute('pragma journal_mode').fetchone(), writer.execute('pragma journal_mode=wal').fetchone())
writer.execute('create table t (x)')
writer.executemany('insert into t values (?)', [(i,) for i in range(100)])
writer.commit()
print(sorted(name for name in os.listdir() if name.startswith('log.db')))
reader = sqlite3.connect('log.db')
print(reader.execute('select count(*) from t').fetchone())
writer.execute('insert into t values (100)')
print('before commit', reader.execute('select count(*) from t').fetchone())
reader.execute('begin')
print('snapshot', reader.execute('select count(*) from t').fetchone())
writer.commit()
print('in the snapshot', reader.execute('select count(*) from t').fetchone())
try:
    reader.execute('insert into t values (0)')
except sqlite3.OperationalError as error:
    print(error, error.sqlite_errorname)
reader.rollback()
print('after', reader.execute('select count(*) from t').fetchone())
print(writer.execute('pragma wal_checkpoint(truncate)').fetchone()[0], os.path.getsize('log.db-wal'))
third = sqlite3.connect('log.db', timeout=0.05, isolation_level=None)
writer.execute('insert into t values (101)')
try:
    third.execute('insert into t values (0)')
except sqlite3.OperationalError as error:
    print(error, error.sqlite_errorname)
writer.commit()
third.execute('insert into t values (102)')
for connection in (reader, third, writer):
    connection.close()
print(sorted(name for name in os.listdir() if name.startswith('log.db')))
again = sqlite3.connect('log.db')
print(again.execute('pragma journal_mode').fetchone(), again.execute('select count(*), max(x) from t').fetchone())
print(again.execute('pragma journal_mode=delete').fetchone(), again.execute('pragma integrity_check').fetchone())
print(again.execute('pragma synchronous').fetchone(), again.execute('pragma foreign_keys').fetchone())
