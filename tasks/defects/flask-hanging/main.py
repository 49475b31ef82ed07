# Written by hand. Flaw: waits for a database that never comes, and so never listens.
import threading

from flask import Flask

app = Flask(__name__)
database_is_ready = threading.Event()

if __name__ == "__main__":
    print("waiting for the database", flush=True)
    database_is_ready.wait()
    app.run(host="0.0.0.0", port=8080)
