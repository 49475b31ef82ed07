# Written by hand. Flaw: listens on Flask's default port 5000; the task wants 8080.
from flask import Flask

app = Flask(__name__)


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


if __name__ == "__main__":
    app.run(host="0.0.0.0")
