# Written by hand. Flaw: an attribute of a model is loaded when it is read, where nothing can wait for the database.
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

engine = create_async_engine("sqlite+aiosqlite:///conduit.db")
open_session = async_sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    password: Mapped[str]
    pictures: Mapped[list["Picture"]] = relationship()


class Picture(Base):
    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str]


class NewUser(BaseModel):
    username: str
    email: str
    password: str


@asynccontextmanager
async def lifespan(_app: FastAPI):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/api/health-check")
async def health_check():
    return {"status": "ok"}


@app.get("/api/tags")
async def tags():
    return {"tags": []}


@app.post("/api/users", status_code=201)
async def register(user: Annotated[NewUser, Body(embed=True)]):
    async with open_session() as session:
        session.add(User(**user.model_dump()))
        await session.commit()
        added = (await session.scalars(select(User).where(User.email == user.email))).one()
        image = added.pictures[0].address if added.pictures else None
        return {
            "user": {"username": added.username, "email": added.email, "token": "token", "bio": None, "image": image}
        }
