import threading
import time
import uuid
from datetime import date

import marshmallow as ma
from flask import Flask, g, jsonify, request
from flask.views import MethodView
from flask_cors import CORS
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_smorest import Api, Blueprint, abort

blueprint = Blueprint('pets', 'pets', url_prefix='/pets', description='Pets')
limiter = Limiter(get_remote_address, storage_uri='memory://', headers_enabled=True)
pets = {}
lock = threading.Lock()


class PetSchema(ma.Schema):
    id = ma.fields.Int(dump_only=True)
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 8))
    born = ma.fields.Date(load_default=None)
    kind = ma.fields.String(validate=ma.validate.OneOf(['cat', 'dog']), load_default='cat')
    tags = ma.fields.List(ma.fields.String(), load_default=list)

    @ma.validates_schema
    def not_from_the_future(self, data, **kwargs):
        if data.get('born') and data['born'] > date(2030, 1, 1):
            raise ma.ValidationError('from the future', 'born')


class QuerySchema(ma.Schema):
    kind = ma.fields.String()


@blueprint.route('/')
class Pets(MethodView):
    @blueprint.arguments(QuerySchema, location='query')
    @blueprint.response(200, PetSchema(many=True))
    @blueprint.paginate()
    def get(self, query, pagination_parameters):
        found = [pet for pet in pets.values() if query.get('kind') in (None, pet['kind'])]
        pagination_parameters.item_count = len(found)
        first = pagination_parameters.first_item
        return found[first : first + pagination_parameters.page_size]

    @blueprint.arguments(PetSchema)
    @blueprint.response(201, PetSchema)
    def post(self, data):
        with lock:
            number = len(pets) + 1
            time.sleep(0.002)
            pets[number] = {'id': number, **data}
        return pets[number]


@blueprint.route('/<int:number>')
class Pet(MethodView):
    @blueprint.etag
    @blueprint.response(200, PetSchema)
    def get(self, number):
        if number not in pets:
            abort(404, message='no such pet', errors={'number': number})
        return pets[number]

    @blueprint.response(204)
    def delete(self, number):
        pets.pop(number, None)


def create_app(name):
    app = Flask(name)
    app.config.update(API_TITLE='Pets', API_VERSION='v1', OPENAPI_VERSION='3.0.3', OPENAPI_URL_PREFIX='/')
    app.json.sort_keys = False
    CORS(app, origins=['http://front.example'], expose_headers=['X-Id'])
    limiter.init_app(app)
    Api(app).register_blueprint(blueprint)
    barrier = threading.Barrier(3)

    @app.before_request
    def start():
        g.id = uuid.uuid5(uuid.NAMESPACE_URL, request.path)

    @app.after_request
    def finish(response):
        response.headers['X-Id'] = str(g.id)
        return response

    @app.get('/limited')
    @limiter.limit('2/day')
    def limited():
        return 'ok'

    @app.get('/meet')
    def meet():
        barrier.wait(10)
        return jsonify(met=barrier.parties)

    @app.get('/environ')
    def environ():
        keys = ['wsgi.multithread', 'wsgi.multiprocess', 'wsgi.run_once', 'wsgi.url_scheme', 'SERVER_PROTOCOL', 'SERVER_PORT']
        return jsonify([[key, request.environ[key]] for key in [*keys, 'SERVER_SOFTWARE']])

    @app.post('/echo')
    def echo():
        return request.get_data(), {'Content-Type': request.content_type or 'none'}

    @app.get('/lines')
    def lines():
        def parts():
            for number in range(4):
                time.sleep(0.001)
                yield f'line {number}\n'

        return parts(), {'Content-Type': 'text/plain'}

    return app
