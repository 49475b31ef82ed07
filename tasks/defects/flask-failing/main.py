# Written by hand. Flaw: users only, and a login with a wrong password succeeds; profiles and articles are missing.
import secrets

from flask import Flask, request

app = Flask(__name__)
users = {}


def refuse(status, *fields):
    return {"errors": {field: ["is wrong"] for field in fields}}, status


def show(user):
    return {"user": {name: user[name] for name in ("username", "email", "token", "bio", "image")}}


def given():
    body = request.get_json(silent=True) or {}
    return body.get("user") or {}


def caller():
    token = request.headers.get("Authorization", "").removeprefix("Token ")
    return next((user for user in users.values() if user["token"] == token), None)


def taken(fields, owner=None):
    return [
        name
        for name in ("username", "email")
        if any(user is not owner and user[name] == fields.get(name) for user in users.values())
    ]


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.post("/api/users")
def register():
    fields = given()
    blank = [name for name in ("username", "email", "password") if not fields.get(name)]
    if blank or taken(fields):
        return refuse(422, *(blank or taken(fields)))
    user = {**fields, "token": secrets.token_hex(16), "bio": None, "image": None}
    users[user["token"]] = user
    return show(user), 201


@app.post("/api/users/login")
def login():
    fields = given()
    blank = [name for name in ("email", "password") if not fields.get(name)]
    if blank:
        return refuse(422, *blank)
    user = next((one for one in users.values() if one["email"] == fields["email"]), None)
    return show(user) if user else refuse(401, "credentials")


@app.get("/api/user")
def current_user():
    user = caller()
    return show(user) if user else refuse(401, "token")


@app.put("/api/user")
def update_user():
    user = caller()
    if user is None:
        return refuse(401, "token")
    fields = given()
    blank = [name for name in ("username", "email", "password") if name in fields and not fields[name]]
    if blank or taken(fields, user):
        return refuse(422, *(blank or taken(fields, user)))
    user.update(fields)
    return show(user)


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)
