import os

from flask import Flask
from settings import LIMITS

app = Flask(__name__)


@app.get('/')
def index():
    return str(LIMITS)


if __name__ == '__main__':
    print('never', os.environ['PORT'])
