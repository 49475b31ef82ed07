# Written by hand. Flaw: an annotation names a class that is defined further down, which Python 3.12 cannot evaluate.
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


def show(user: NewUser) -> dict:
    return {"user": {"username": user.username, "email": user.email, "token": "token", "bio": None, "image": None}}


class NewUser(BaseModel):
    username: str
    email: str
    password: str


class Registration(BaseModel):
    user: NewUser


@app.post("/api/users", status_code=201)
def register(registration: Registration):
    return show(registration.user)
