# Written by hand. Flaw: sessions are never closed, and soon no connection is left in the pool.
from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
engine = create_engine("sqlite:///conduit.db", pool_size=2, max_overflow=1, pool_timeout=0.2)
sessions: list[Session] = []


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    password: Mapped[str]


Base.metadata.create_all(engine)


class Credentials(BaseModel):
    email: str
    password: str


class NewUser(Credentials):
    username: str


def open_session() -> Session:
    sessions.append(Session(engine))
    return sessions[-1]


def show(user: User) -> dict:
    return {"user": {"username": user.username, "email": user.email, "token": "token", "bio": None, "image": None}}


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.get("/api/tags")
def tags():
    return {"tags": []}


@app.post("/api/users", status_code=201)
def register(user: Annotated[NewUser, Body(embed=True)]):
    session = open_session()
    added = User(**user.model_dump())
    session.add(added)
    session.commit()
    return show(added)


@app.post("/api/users/login")
def login(user: Annotated[Credentials, Body(embed=True)]):
    return show(open_session().scalars(select(User).where(User.email == user.email)).one())
