# Written by hand. Flaw: an endless loop before it listens.
from flask import Flask

app = Flask(__name__)

print("preparing", flush=True)
prepared = 0
while prepared < 1:
    prepared = min(prepared, 0)

app.run(host="0.0.0.0", port=8080)
