# Written by hand. Flaw: a user is shown when its session is over, and what the commit has expired cannot be read.
from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
engine = create_engine("sqlite:///conduit.db")


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    password: Mapped[str]


Base.metadata.create_all(engine)


class NewUser(BaseModel):
    username: str
    email: str
    password: str


def add_user(fields: NewUser) -> User:
    with Session(engine) as session:
        user = User(**fields.model_dump())
        session.add(user)
        session.commit()
    return user


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.get("/api/tags")
def tags():
    return {"tags": []}


@app.post("/api/users", status_code=201)
def register(user: Annotated[NewUser, Body(embed=True)]):
    added = add_user(user)
    return {"user": {"username": added.username, "email": added.email, "token": "token", "bio": None, "image": None}}
