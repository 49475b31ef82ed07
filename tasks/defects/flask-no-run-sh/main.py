# Written by hand. Flaw: a file beside this one is missing.
from flask import Flask

app = Flask(__name__)


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


app.run(host="0.0.0.0", port=8080)
