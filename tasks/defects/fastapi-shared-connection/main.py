# Written by hand. Flaw: one connection of SQLite for all threads in which FastAPI runs plain functions.
import sqlite3
from typing import Annotated

from fastapi import Body, FastAPI
from pydantic import BaseModel

app = FastAPI()
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE users (username TEXT UNIQUE, email TEXT UNIQUE, password TEXT)")


class NewUser(BaseModel):
    username: str
    email: str
    password: str


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.get("/api/tags")
def tags():
    return {"tags": []}


@app.post("/api/users", status_code=201)
def register(user: Annotated[NewUser, Body(embed=True)]):
    with connection:
        connection.execute("INSERT INTO users VALUES (:username, :email, :password)", user.model_dump())
    return {"user": {"username": user.username, "email": user.email, "token": "token", "bio": None, "image": None}}
