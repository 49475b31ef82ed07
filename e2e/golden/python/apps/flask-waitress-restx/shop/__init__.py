import logging

from flask import Flask
from flask_restx import Api, Resource, fields, reqparse
from werkzeug.exceptions import Conflict

logging.basicConfig(level=logging.INFO, format='%(levelname)s %(name)s %(message)s')


def make_app():
    app = Flask(__name__)
    app.config['ERROR_INCLUDE_MESSAGE'] = True
    api = Api(app, title='Shop', doc='/doc')
    space = api.namespace('things', path='/things')
    thing = space.model('Thing', {
        'id': fields.Integer(readonly=True),
        'name': fields.String(required=True, min_length=2),
        'price': fields.Fixed(decimals=2, default='1'),
        'link': fields.Url('things_one', absolute=False),
    })  # fmt: skip
    store = {}
    parser = reqparse.RequestParser()
    parser.add_argument('limit', type=int, default=10, location='args', help='How many')
    parser.add_argument('tag', action='append', location='args', choices=('a', 'b'))

    @space.route('/')
    class All(Resource):
        @space.expect(parser)
        @space.marshal_list_with(thing, envelope='things')
        def get(self):
            return list(store.values())[: parser.parse_args()['limit']]

        @space.expect(thing)
        @space.marshal_with(thing, code=201)
        def post(self):
            data = space.payload
            if any(one['name'] == data['name'] for one in store.values()):
                raise Conflict('there is one')
            number = len(store) + 1
            store[number] = {'id': number, **data}
            app.logger.info('made %s', data['name'])
            return store[number], 201, {'X-Made': str(number)}

    @space.route('/<int:id>', endpoint='things_one')
    class One(Resource):
        @space.marshal_with(thing, skip_none=True)
        def get(self, id):
            if id not in store:
                space.abort(404, f'no thing {id}', custom='value')
            return store[id]

    @space.errorhandler(ZeroDivisionError)
    def divided(error):
        return {'message': 'divided', 'why': str(error)}, 400

    @space.route('/divide/<int:by>')
    class Divide(Resource):
        def get(self, by):
            return {'result': 10 / by}

    return app
