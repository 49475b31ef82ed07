# install: sqlalchemy==2.0.58
"""SQLAlchemy 2: Core, ORM, pools, detached instances."""

import threading

from sqlalchemy import ForeignKey, String, create_engine, event, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload, sessionmaker
from sqlalchemy.orm.exc import DetachedInstanceError
from sqlalchemy.pool import QueuePool


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = 'users'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str | None]
    posts: Mapped[list['Post']] = relationship(back_populates='author', cascade='all, delete-orphan')


class Post(Base):
    __tablename__ = 'posts'
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey('users.id'))
    author: Mapped[User] = relationship(back_populates='posts')


engine = create_engine('sqlite:///orm.db')
statements = []
event.listen(engine, 'before_cursor_execute', lambda *args: statements.append(args[2].split()[0]))
Base.metadata.create_all(engine)
print(inspect(engine).get_table_names(), [c['name'] for c in inspect(engine).get_columns('users')])
make = sessionmaker(engine)
with make.begin() as session:
    session.add_all([User(name='ann', posts=[Post(title='one'), Post(title='two')]), User(name='bob', email='b@x')])
with make() as session:
    users = session.scalars(select(User).options(selectinload(User.posts)).order_by(User.id)).all()
    print([(u.id, u.name, u.email, [p.title for p in u.posts]) for u in users])
    print(session.execute(select(User.name, func.count(Post.id)).outerjoin(Post).group_by(User.id)).all())
    session.add(User(name='ann'))
    try:
        session.commit()
    except IntegrityError as error:
        print(type(error.orig).__name__, error.orig, error.code)
        session.rollback()
    try:
        session.execute(select(User).where(User.name == 'nobody')).scalar_one()
    except NoResultFound as error:
        print(error)
    ann = session.get(User, 1)
    session.delete(ann)
    session.commit()
    print(session.scalar(select(func.count()).select_from(Post)))
with make() as session:
    session.add(User(name='cid', posts=[Post(title='three')]))
    session.commit()
    cid = session.scalars(select(User).where(User.name == 'cid')).one()
try:
    print(cid.posts)
except DetachedInstanceError as error:
    print(str(error).split(';')[0].replace(hex(id(cid)), 'X').split(' at ')[0])
with make() as session:
    cid = session.scalars(select(User).options(joinedload(User.posts)).where(User.name == 'cid')).unique().one()
print([p.title for p in cid.posts])
with engine.connect() as connection:
    print(connection.execute(text('select name from users where id > :low order by id'), {'low': 0}).scalars().all())
    try:
        connection.execute(text('select nothing from nowhere'))
    except DBAPIError as error:
        print(type(error).__name__, error.orig)
    print(connection.execute(text('insert into users (name) values (:n) returning id, name'), [{'n': 'dan'}]).all())
    connection.rollback()
print(statements[:6], len(statements) > 20)

small = create_engine('sqlite:///orm.db', poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.2)
held = small.connect()
try:
    small.connect()
except PoolTimeout as error:
    print(error)
results = []


def wait_for_it():
    with small.connect() as connection:
        results.append(connection.execute(text('select count(*) from users')).scalar())


patient = create_engine('sqlite:///orm.db', poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=10)
small, held = patient, patient.connect()
threads = [threading.Thread(target=wait_for_it) for _ in range(4)]
for thread in threads:
    thread.start()
results.append('released')
held.close()
for thread in threads:
    thread.join()
print(results, patient.pool.status())
with Session(create_engine('sqlite://')) as session:
    print(session.execute(text('select 1')).scalar(), type(session.get_bind().pool).__name__, type(engine.pool).__name__)
