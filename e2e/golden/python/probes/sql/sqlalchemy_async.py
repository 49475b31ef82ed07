# install: sqlalchemy==2.0.58 aiosqlite==0.22.1 greenlet==3.5.6
"""SQLAlchemy 2 with asyncio: aiosqlite under greenlets."""

import asyncio

from sqlalchemy import ForeignKey, func, select, text
from sqlalchemy.exc import IntegrityError, MissingGreenlet, OperationalError
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from sqlalchemy.util import await_only, greenlet_spawn


class Base(AsyncAttrs, DeclarativeBase):
    pass


class User(Base):
    __tablename__ = 'users'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    posts: Mapped[list['Post']] = relationship(back_populates='author')


class Post(Base):
    __tablename__ = 'posts'
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey('users.id'))
    author: Mapped[User] = relationship(back_populates='posts')


async def main():
    engine = create_async_engine('sqlite+aiosqlite:///async.db')
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        print(await connection.run_sync(lambda sync: sync.dialect.has_table(sync, 'users')))
    make = async_sessionmaker(engine, expire_on_commit=False)
    async with make() as session, session.begin():
        session.add_all([User(name='ann', posts=[Post(title='one'), Post(title='two')]), User(name='bob')])
    async with make() as session:
        users = (await session.scalars(select(User).options(selectinload(User.posts)).order_by(User.id))).all()
        print([(u.name, [p.title for p in u.posts]) for u in users])
        session.add(User(name='ann'))
        try:
            await session.commit()
        except IntegrityError as error:
            print(error.orig)
            await session.rollback()
    async with make() as session:
        ann = await session.get(User, 1)
        try:
            print(ann.posts)
        except MissingGreenlet as error:
            print(str(error).split('.')[0], error.code)
        print([p.title for p in await ann.awaitable_attrs.posts])
        result = await session.stream(select(Post).order_by(Post.id))
        print([post.title async for post in result.scalars()])
        print(await session.run_sync(lambda sync: len(sync.get(User, 1).posts)))
    async with AsyncSession(engine) as session:
        bob = await session.get(User, 2)
        bob.name = 'robert'
        await session.commit()
        try:
            print(bob.name)
        except MissingGreenlet as error:
            print('expired:', str(error).split(';')[0])
        await session.refresh(bob)
        print(bob.name)

    async def insert(number):
        async with make() as session:
            session.add(User(name=f'user {number}'))
            await session.commit()
            return await session.scalar(select(func.count()).select_from(User).where(User.name == f'user {number}'))

    print(await asyncio.gather(*(insert(number) for number in range(8))))
    async with engine.connect() as connection:
        print((await connection.execute(text('select count(*) from users'))).scalar())
        try:
            await connection.execute(text('select * from missing'))
        except OperationalError as error:
            print(error.orig)
    try:
        await_only(asyncio.sleep(0))
    except MissingGreenlet as error:
        print(str(error).split(' Was')[0])
    print(await greenlet_spawn(lambda: await_only(asyncio.sleep(0, 'slept'))))
    try:
        await asyncio.wait_for(greenlet_spawn(lambda: await_only(asyncio.sleep(30))), 0.05)
    except TimeoutError:
        print('timed out')
    await engine.dispose()


asyncio.run(main())
