import os
import uuid

from flask import Flask, abort, jsonify, make_response, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import BaseConverter

app = Flask(__name__)


class ListConverter(BaseConverter):
    regex = r'[a-z]+(?:\+[a-z]+)*'

    def to_python(self, value):
        return value.split('+')

    def to_url(self, values):
        return '+'.join(BaseConverter.to_url(self, value) for value in values)


app.url_map.converters['list'] = ListConverter


@app.get('/')
def index():
    return 'hello'


@app.get('/text/<name>')
def text(name):
    return f'<p>{escape(name)}</p>'


@app.get('/int/<int:number>')
def integer(number):
    return jsonify(number=number, type=type(number).__name__)


@app.get('/signed/<int(signed=True, max=100):number>')
def signed(number):
    return jsonify(number=number)


@app.get('/float/<float:number>')
def real(number):
    return jsonify(number=number)


@app.get('/path/<path:rest>')
def path(rest):
    return jsonify(rest=rest)


@app.get('/uuid/<uuid:key>')
def by_uuid(key):
    return jsonify(key=str(key), is_uuid=isinstance(key, uuid.UUID))


@app.get('/any/<any(red, green):colour>')
def colour(colour):
    return colour


@app.get('/list/<list:words>')
def words(words):
    return jsonify(words=words, url=url_for('words', words=['x', 'y']))


@app.get('/slash/')
def with_slash():
    return 'with slash'


@app.get('/bare')
def without_slash():
    return 'without slash'


@app.route('/methods', methods=['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
def methods():
    return jsonify(method=request.method, args=request.args.to_dict(flat=False))


@app.post('/json')
def read_json():
    data = request.get_json()
    return jsonify(data=data, type=type(data).__name__)


@app.post('/silent')
def silent():
    return jsonify(data=request.get_json(silent=True, force=True))


@app.post('/form')
def form():
    return jsonify(form=request.form.to_dict(flat=False), length=request.content_length)


@app.get('/tuple')
def tuples():
    return {'made': True}, 201, {'X-One': '1', 'Location': '/made/1'}


@app.get('/list-body')
def list_body():
    return [1, 'two', None, True, 1.5]


@app.get('/generator')
def generator():
    return (f'{number}\n' for number in range(5)), {'Content-Type': 'text/plain'}


@app.get('/response')
def response():
    made = make_response('teapot', 418)
    made.headers['X-Teapot'] = 'yes'
    made.headers.add('X-Many', 'a')
    made.headers.add('X-Many', 'b')
    return made


@app.get('/redirect')
def moved():
    return redirect(url_for('integer', number=7, q='a b', _anchor='end'), 308)


@app.get('/abort/<int:code>')
def stop(code):
    abort(code)


@app.get('/abort-text')
def stop_text():
    abort(409, description='already there')


@app.get('/bad-key')
def bad_key():
    return request.args['wanted']


@app.get('/raise')
def fail():
    raise ValueError('no such value')


@app.get('/nothing')
def nothing():
    return None


@app.get('/headers')
def headers():
    return jsonify(
        host=request.host,
        agent=request.headers.get('User-Agent'),
        accept=request.accept_mimetypes.best_match(['text/html', 'application/json']),
        languages=request.accept_languages.best_match(['de', 'en', 'fr']),
        query=request.query_string.decode(),
        url=request.url,
        path=request.path,
        markup=str(Markup('<b>%s</b>') % '<i>'),
    )


@app.errorhandler(404)
def missing(error):
    return jsonify(error='not found', description=error.description), 404


@app.errorhandler(HTTPException)
def any_error(error):
    return jsonify(code=error.code, name=error.name, description=error.description), error.code


@app.errorhandler(BadRequest)
def bad(error):
    return f'bad: {error.description}', 400


if __name__ == '__main__':
    app.run(host='0.0.0.0', port=int(os.environ['PORT']))
