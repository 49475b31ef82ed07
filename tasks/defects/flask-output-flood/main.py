# Written by hand. Flaw: writes 100 MB to its output before it listens, and has no endpoint but the health check.
from flask import Flask

app = Flask(__name__)

for _ in range(100 * 1024):
    print("x" * 1023)


@app.get("/api/health-check")
def health_check():
    return {"status": "ok"}


app.run(host="0.0.0.0", port=8080)
