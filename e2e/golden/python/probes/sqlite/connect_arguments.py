"""sqlite3.connect: arguments by place and by name, own factories, and no warnings where 3.12 has none."""
import sqlite3
import warnings

warnings.simplefilter('error')


def show(label, function):
    try:
        print(label, function())
    except Exception as error:
        print(label, type(error).__name__, error)


class Own(sqlite3.Connection):
    def __init__(self, *args, **kwargs):
        print('  own', args, sorted(kwargs))
        super().__init__(*args, **kwargs)


class Named(sqlite3.Connection):
    pass


show('timeout by place', lambda: sqlite3.connect(':memory:', 5.0).execute('SELECT 1').fetchone())
show('all by place', lambda: sqlite3.connect('file::memory:', 1, 0, None, False, sqlite3.Connection, 10, True).isolation_level)
show('isolation by place', lambda: sqlite3.connect(':memory:', 5, sqlite3.PARSE_DECLTYPES, 'IMMEDIATE').isolation_level)
show('factory by place', lambda: type(sqlite3.connect(':memory:', 5, 0, '', True, Own)).__name__)
show('factory by name', lambda: type(sqlite3.connect(':memory:', timeout=2, factory=Own)).__name__)
show('factory that adds nothing', lambda: type(sqlite3.connect(':memory:', factory=Named)).__name__)
show('factory as function', lambda: type(sqlite3.connect(':memory:', factory=lambda *a, **k: (a, sorted(k)))).__name__)
show('direct', lambda: sqlite3.Connection(':memory:', 5, 0).execute('SELECT 2').fetchone())
show('uri', lambda: sqlite3.connect('file:probe.db?mode=ro', uri=True))
show('unknown name', lambda: sqlite3.connect(':memory:', nothing=1))
show('no database', lambda: sqlite3.connect())
show('autocommit', lambda: sqlite3.connect(':memory:', autocommit=True).autocommit)
show('autocommit legacy', lambda: sqlite3.connect(':memory:').autocommit == sqlite3.LEGACY_TRANSACTION_CONTROL)
show('isolation level refused', lambda: sqlite3.connect(':memory:', isolation_level='BOGUS'))
connection = sqlite3.connect(':memory:', 5.0)
show('function by place', lambda: connection.create_function('twice', 1, lambda x: x * 2))
show('function called', lambda: connection.execute('SELECT twice(4)').fetchone())
show('authorizer', lambda: connection.set_authorizer(lambda *a: sqlite3.SQLITE_OK))
show('progress', lambda: connection.set_progress_handler(lambda: 0, 100))
show('trace', lambda: connection.set_trace_callback(None))
show('aggregate', lambda: connection.create_aggregate('mine', 1, type('A', (), {'step': lambda s, x: None, 'finalize': lambda s: 7})))
show('aggregate called', lambda: connection.execute('SELECT mine(1)').fetchone())
show('collation', lambda: connection.create_collation('back', lambda a, b: (a < b) - (a > b)))
show('collated', lambda: [r[0] for r in connection.execute("SELECT x FROM (SELECT 'a' AS x UNION SELECT 'b') ORDER BY x COLLATE back")])
show('named and placed', lambda: connection.execute('SELECT :a', ('by place',)).fetchone())
show('question by name', lambda: connection.execute('SELECT ?', {'a': 1}).fetchone())
warnings.simplefilter('always')


def warned(label, function):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        show(label, function)
    for item in caught:
        print('  ', item.category.__name__, item.message, item.filename == __file__)


warned('one', lambda: connection.execute('SELECT :a', (1,)).fetchone())
warned('two', lambda: connection.execute('SELECT :a, :b, :a', [1, 'x']).fetchone())
warned('cursor', lambda: connection.cursor().execute('SELECT $a', ('c',)).fetchone())
warned('too few', lambda: connection.execute('SELECT :a, :b', (1,)).fetchone())
connection.execute('CREATE TABLE t (a, b)')
warned('many', lambda: connection.executemany('INSERT INTO t VALUES (:a, :b)', [(1, 2), (3, 4)]).rowcount)
warned('rows', lambda: connection.execute('SELECT * FROM t').fetchall())
warned('unused warning', lambda: connection.execute('SELECT ?', (1,)).fetchone())
