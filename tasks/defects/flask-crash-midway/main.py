# Written by hand. Flaw: the second registration ends the process.
import os
import sys

from flask import Flask, request

app = Flask(__name__)
users = []


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.post("/api/users")
def register():
    user = request.get_json()["user"]
    users.append(user)
    if len(users) > 1:
        print("the database connection was lost", file=sys.stderr, flush=True)
        os._exit(1)
    shown = {"username": user["username"], "email": user["email"], "token": "token", "bio": None, "image": None}
    return {"user": shown}, 201


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)
