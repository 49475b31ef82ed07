import asyncio
from contextlib import asynccontextmanager
from typing import Annotated

import aiosqlite
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from sqlmodel import Field, Session, SQLModel, create_engine
from sqlmodel import select as model_select

engine = create_async_engine('sqlite+aiosqlite:///async.db')
sessions = async_sessionmaker(engine, expire_on_commit=False)
sync_engine = create_engine('sqlite:///models.db', connect_args={'check_same_thread': False})


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = 'teams'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    players: Mapped[list['Player']] = relationship(back_populates='team')


class Player(Base):
    __tablename__ = 'players'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey('teams.id'))
    team: Mapped[Team] = relationship(back_populates='players')


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True, max_length=10)
    age: int | None = None


class TeamIn(BaseModel):
    name: str
    players: list[str] = []


class PlayerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str


class TeamOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    players: list[PlayerOut]


@asynccontextmanager
async def lifespan(app):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    SQLModel.metadata.drop_all(sync_engine)
    SQLModel.metadata.create_all(sync_engine)
    yield
    await engine.dispose()
    print('disposed', flush=True)


async def session():
    async with sessions() as opened:
        yield opened


Db = Annotated[AsyncSession, Depends(session)]
app = FastAPI(lifespan=lifespan)


@app.post('/teams', status_code=201, response_model=TeamOut)
async def create(data: TeamIn, db: Db):
    team = Team(name=data.name, players=[Player(name=name) for name in data.players])
    db.add(team)
    try:
        await db.commit()
    except IntegrityError as error:
        await db.rollback()
        raise HTTPException(409, str(error.orig)) from error
    return team


@app.get('/teams', response_model=list[TeamOut])
async def teams(db: Db):
    return (await db.scalars(select(Team).options(selectinload(Team.players)).order_by(Team.id))).all()


@app.get('/teams/{key}/lazy')
async def lazy(key: int, db: Db):
    team = await db.get(Team, key)
    if team is None:
        raise HTTPException(404)
    try:
        return [player.name for player in team.players]
    except Exception as error:
        return {'error': type(error).__name__, 'text': str(error).split(' (Background')[0]}


@app.get('/teams/{key}/awaited')
async def awaited(key: int, db: Db):
    team = await db.get_one(Team, key)
    await db.refresh(team, ['players'])
    return [player.name for player in team.players]


@app.get('/run-sync')
async def run_sync(db: Db):
    return await db.run_sync(lambda sync: sync.scalar(select(func.count()).select_from(Player)))


@app.get('/stream')
async def stream(db: Db):
    names = []
    result = await db.stream_scalars(select(Player.name).order_by(Player.name).execution_options(yield_per=1))
    async for name in result:
        names.append(name)
    return names


@app.get('/concurrent')
async def concurrent():
    async def one(number):
        async with sessions() as db:
            return await db.scalar(text('select :n * 2'), {'n': number})

    return await asyncio.gather(*(one(number) for number in range(5)))


@app.get('/same-session')
async def same_session(db: Db):
    await db.execute(text('select 1'))
    await db.execute(text('create table if not exists other (a)'))
    await db.rollback()
    return (await db.execute(text('select 1 as one, null as two'))).mappings().one()


@app.get('/plain')
async def plain():
    async with aiosqlite.connect(':memory:') as db:
        db.row_factory = aiosqlite.Row
        await db.execute('create table t (a integer primary key, b text)')
        await db.executemany('insert into t (b) values (?)', [('x',), ('y',)])
        cursor = await db.execute('select * from t')
        rows = [dict(row) async for row in cursor]
        try:
            await db.execute('insert into t values (1, 2)')
        except aiosqlite.IntegrityError as error:
            return {'rows': rows, 'error': str(error), 'changes': db.total_changes}


def plain(hero: Hero) -> dict[str, int | str | None]:
    # SQLAlchemy fills attributes in the order of a set.
    return {'id': hero.id, 'name': hero.name, 'age': hero.age}


@app.post('/heroes')
def add_hero(hero: Hero):
    with Session(sync_engine) as db:
        db.add(Hero.model_validate(hero))
        db.commit()
        return [plain(one) for one in db.exec(model_select(Hero).where(Hero.name == hero.name))]


@app.get('/heroes/{key}')
def hero(key: int):
    with Session(sync_engine) as db:
        found = db.get(Hero, key)
    if found is None:
        raise HTTPException(404, 'Hero not found')
    return plain(found)


@app.get('/raise')
async def unhandled(db: Db):
    await db.execute(text('select * from nothing'))
