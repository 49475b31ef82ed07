import sqlite3, threading, time


def make():
    return sqlite3.connect('y.db', isolation_level=None)


c = make(); c.execute('create table t(a)')
print(c.execute('pragma busy_timeout').fetchall())
print(c.execute('PRAGMA busy_timeout = 300').fetchall(), c.execute('pragma busy_timeout').fetchone())
hold = threading.Event()
def holder():
    h = make(); h.execute('begin immediate'); h.execute('insert into t values (1)'); hold.set(); time.sleep(0.15); h.commit(); h.close()
t = threading.Thread(target=holder); t.start(); hold.wait()
c.executemany('insert into t values (?)', ((n,) for n in range(3)))
print(c.execute('select count(*) from t').fetchall(), c.in_transaction); t.join()
# a timeout
d = make(); d.execute('begin exclusive')
try: c.execute('insert into t values (9)')
except sqlite3.OperationalError as e: print(e, e.sqlite_errorname)
d.rollback()
# deferred upgrade fails at once
c.execute('pragma busy_timeout=20000'); c.execute('begin'); c.execute('select * from t').fetchall()
d.execute('begin immediate')
began = time.monotonic()
try: c.execute('insert into t values (9)')
except sqlite3.OperationalError as e: print(e, time.monotonic() - began < 5)
c.rollback(); d.rollback()
# legacy mode
e = sqlite3.connect('y.db'); d.execute('begin immediate')
def other():
    f = sqlite3.connect('y.db')
    with f: f.execute('insert into t values (11)')
    print('other done', f.in_transaction); f.close()
t2 = threading.Thread(target=other); t2.start(); time.sleep(0.2); d.commit(); t2.join()
with e: e.executemany('insert into t values (?)', [(1,), (2,)])
print(e.execute('select count(*) from t').fetchone())
# commit waits for a reader
r = make(); r.execute('begin'); r.execute('select * from t').fetchall()
def w():
    g = sqlite3.connect('y.db'); g.execute('insert into t values (5)'); g.commit(); print('committed'); g.close()
t3 = threading.Thread(target=w); t3.start(); time.sleep(0.2); print('reader ends'); r.execute('rollback'); t3.join()
