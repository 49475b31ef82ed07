# Written by hand. Flaw: one connection of SQLite for all threads of Flask’s server.
import sqlite3

from flask import Flask, request

app = Flask(__name__)
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE users (username TEXT UNIQUE, email TEXT UNIQUE, password TEXT)")


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.get("/api/tags")
def tags():
    return {"tags": []}


@app.post("/api/users")
def register():
    user = request.get_json()["user"]
    with connection:
        connection.execute("INSERT INTO users VALUES (:username, :email, :password)", user)
    return {"user": {"username": user["username"], "email": user["email"], "token": "token", "bio": None, "image": None}}, 201


app.run(host="0.0.0.0", port=8080)
