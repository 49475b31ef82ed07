import sqlite3, threading, time
a = sqlite3.connect('q.db', isolation_level=None, check_same_thread=False); a.execute('create table t(x)')
b = sqlite3.connect('q.db', isolation_level=None, check_same_thread=False)
b.execute('begin'); b.execute('select * from t').fetchall(); b.rollback()
a.execute('begin exclusive')
out = []
def read():
    b.execute('begin'); out.append(b.execute('select count(*) from t').fetchall()); b.rollback()
t = threading.Thread(target=read); t.start(); time.sleep(0.2); print(out); a.rollback(); t.join(); print(out)
