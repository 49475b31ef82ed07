# install: flask==3.1.2 sqlalchemy==2.0.48
"""What goes wrong in Flask servers as models write them, each as its own small server asked over a socket."""
import contextlib
import json
import logging
import re
import sqlite3
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app, g, jsonify, request, session
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool
from werkzeug.serving import make_server

logging.getLogger('werkzeug').setLevel(logging.ERROR)


@contextlib.contextmanager
def served(app, **options):
    server = make_server('127.0.0.1', 0, app, threaded=True, **options)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(url, method='GET', body=None, headers=None):
    data = json.dumps(body).encode() if body is not None and not isinstance(body, bytes) else body
    wanted = urllib.request.Request(url, data, {'Content-Type': 'application/json', **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(wanted, timeout=20) as answer:
            return answer.status, answer.read().decode()[:160]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode().replace('\n', ' ')[:160]


def errors(app):
    @app.errorhandler(Exception)
    def show(error):
        code = getattr(error, 'code', None)
        return {'type': type(error).__name__, 'text': re.sub(' at 0x[0-9a-f]+', '', str(error).split('\n')[0])}, code if isinstance(code, int) else 500


def shared_connection():
    app = Flask('shared')
    errors(app)
    db = sqlite3.connect(':memory:')
    db.execute('CREATE TABLE t (n)')

    @app.post('/')
    def add():
        try:
            db.execute('INSERT INTO t VALUES (1)')
        except sqlite3.ProgrammingError as error:
            return str(error).split('.')[0], 500
        return 'fine'

    with served(app) as url:
        print('shared', ask(url, 'POST', {}))


def detached():
    class Base(DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = 'users'
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        posts: Mapped[list['Post']] = relationship(back_populates='author')

    class Post(Base):
        __tablename__ = 'posts'
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey('users.id'))
        author: Mapped[User] = relationship(back_populates='posts')

    engine = create_engine('sqlite://', connect_args={'check_same_thread': False}, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    make = sessionmaker(engine)
    app = Flask('detached')
    errors(app)

    @app.get('/lazy')
    def lazy():
        with make() as session:
            user = User(name='a')
            session.add(user)
            session.commit()
        return {'posts': len(user.posts)}

    @app.get('/expired')
    def expired():
        with make() as session:
            user = User(name='b')
            session.add(user)
            session.commit()
        return {'name': user.name}

    @app.get('/none')
    def none():
        with make() as session:
            session.add(User())
            session.commit()
        return {}

    @app.get('/after')
    def after():
        session = make()
        for value in (None, 'c'):
            session.add(User(name=value))
            try:
                session.commit()
            except Exception as error:
                print('  first', type(error).__name__)
        return {'count': len(session.scalars(select(User)).all())}

    with served(app) as url:
        for path in ('/lazy', '/expired', '/none', '/after'):
            print(path, ask(url + path))


def pool_exhausted():
    engine = create_engine('sqlite://', connect_args={'check_same_thread': False}, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.3)
    app = Flask('pool')
    errors(app)
    kept = []

    @app.get('/')
    def leak():
        kept.append(engine.connect())
        return {'kept': len(kept)}

    with served(app) as url:
        print('pool', ask(url), ask(url))


def locked():
    import os
    import tempfile
    path = os.path.join(tempfile.mkdtemp(), 'a.db')
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute('CREATE TABLE t (n)')
    holder.execute('BEGIN EXCLUSIVE')
    app = Flask('locked')
    errors(app)

    @app.post('/')
    def write():
        db = sqlite3.connect(path, timeout=0.2)
        with db:
            db.execute('INSERT INTO t VALUES (1)')
        return {}

    with served(app) as url:
        print('locked', ask(url, 'POST', {}))
        holder.execute('COMMIT')
        print('free', ask(url, 'POST', {}))
    holder.close()


def views():
    app = Flask('views')
    app.secret_key = None

    @app.get('/none')
    def none():
        pass

    @app.get('/integer')
    def integer():
        return 5

    @app.get('/set')
    def a_set():
        return jsonify({1, 2})

    @app.get('/session')
    def use_session():
        session['a'] = 1
        return ''

    @app.get('/tuple')
    def a_tuple():
        return {'a': 1}, '201 MADE', {'X-A': 'b'}

    @app.get('/list')
    def a_list():
        return [1, {'b': None}]

    @app.get('/generator')
    def generator():
        return (str(i) for i in range(3))

    @app.post('/json')
    def get_json():
        return jsonify(request.get_json())

    @app.get('/abort')
    def zero():
        return 1 / 0

    @app.get('/number/<int:n>')
    def number(n):
        return str(n)

    @app.get('/slash/')
    def slash():
        return 'slash'

    app.config['PROPAGATE_EXCEPTIONS'] = False
    seen = []
    app.log_exception = lambda info: seen.append(f'{info[0].__name__}: {info[1]}')
    with served(app) as url:
        for path in ('/none', '/integer', '/set', '/session', '/tuple', '/list', '/generator', '/abort', '/number/12', '/number/x', '/number/-1', '/slash', '/%E2%82%AC', '/nothing'):
            print(path, ask(url + path), seen.pop() if seen else '')
        for body, kind in ((b'{"a": 1', 'application/json'), (b'', 'application/json'), (b'{}', 'text/plain'), (b'[1,]', 'application/json'), (b'NaN', 'application/json'), (b'\xff', 'application/json'), (b'{"a": "\\ud800"}', 'application/json')):
            print('json', body, ask(url + '/json', 'POST', body, {'Content-Type': kind}), seen.pop() if seen else '')
        print('method', ask(url + '/json', 'DELETE'))


def contexts():
    app = Flask('contexts')
    for function in (lambda: current_app.name, lambda: g.a, lambda: request.path):
        try:
            function()
        except RuntimeError as error:
            print('context', str(error).split('\n')[0])

    @app.get('/')
    def thread():
        with ThreadPoolExecutor() as pool:
            try:
                return pool.submit(lambda: request.path).result()
            except RuntimeError as error:
                return str(error).split('\n')[0]

    with served(app) as url:
        print('thread', ask(url))
    try:
        app.get('/late')(lambda: '')
    except AssertionError as error:
        print('late', str(error).split('\n')[0])


def parallel():
    app = Flask('parallel')
    lock, counts = threading.Lock(), {'n': 0}
    barrier = threading.Barrier(4)

    @app.post('/')
    def add():
        barrier.wait(timeout=10)
        with lock:
            counts['n'] += 1
        return {'n': counts['n'] > 0}

    with served(app) as url, ThreadPoolExecutor(4) as pool:
        print('parallel', {r for r in pool.map(lambda _: ask(url, 'POST', {}), range(8))}, counts)


for step in (shared_connection, detached, pool_exhausted, locked, views, contexts, parallel):
    step()
