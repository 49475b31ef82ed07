# Written by hand. Flaw: the configuration is not there, and the process exits with 1.
import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["CONDUIT_SECRET_THAT_NOBODY_SETS"]

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)
