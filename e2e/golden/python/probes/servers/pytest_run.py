# run: python -m pytest -q -p no:cacheprovider --no-header pytest_run.py -rfEs --tb=line | sed "s, in [0-9.]*s, in Ns,"
# install: pytest==9.2.0 pytest-asyncio==1.5.0 pytest-flask==1.3.0 flask==3.1.3
import asyncio
import sys

import pytest
from flask import Flask, jsonify, url_for


@pytest.fixture
def app():
    made = Flask(__name__)

    @made.get('/ping/<word>')
    def ping(word):
        return jsonify(pong=word)

    return made


def test_client(client):
    answer = client.get(url_for('ping', word='x'))
    assert answer.status_code == 200
    assert answer.json == {'pong': 'x'}


@pytest.mark.asyncio
async def test_async():
    assert await asyncio.wait_for(asyncio.sleep(0, 'done'), 1) == 'done'


@pytest.mark.parametrize(('left', 'right'), [(1, 1), (1, 2), pytest.param(3, 4, marks=pytest.mark.xfail)])
def test_pairs(left, right):
    assert left == right


def test_output(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    print('out')
    print('err', file=sys.stderr)
    (tmp_path / 'file').write_text('text')
    assert capsys.readouterr() == ('out\n', 'err\n')


@pytest.mark.skip(reason='not now')
def test_skipped():
    raise AssertionError


def test_raises(caplog):
    with pytest.raises(ZeroDivisionError, match='division'):
        1 / 0
    with pytest.warns(UserWarning):
        import warnings

        warnings.warn('careful', stacklevel=1)


@pytest.fixture(scope='module')
def resource():
    yield 'open'


def test_fixture(resource, request):
    assert resource == 'open'
    assert request.node.name == 'test_fixture'


def test_error(nothing):
    pass
