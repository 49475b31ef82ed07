# Written by hand. Flaw: imports PyJWT, which requirements.txt does not name.
import jwt
from flask import Flask, request

app = Flask(__name__)


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


@app.post("/api/users")
def register():
    user = request.get_json()["user"]
    token = jwt.encode({"sub": user["username"]}, "not a secret of anybody, and long enough")
    return {"user": {"username": user["username"], "email": user["email"], "token": token, "bio": None, "image": None}}, 201


app.run(host="0.0.0.0", port=8080)
