# install: flask-restx==1.3.2 flask==3.1.3 werkzeug==3.1.9 jsonschema==4.26.0 referencing==0.37.0 rpds-py==2026.9.1 attrs==26.1.0
from flask import Flask, request
from flask_restx import Api, Resource, fields

app = Flask(__name__)
api = Api(app, version='1.0', title='T')
ns = api.namespace('todos')
todo = api.model('Todo', {
    'id': fields.Integer(readonly=True),
    'task': fields.String(required=True, min_length=2),
    'tags': fields.List(fields.String),
    'email': fields.String(pattern='^.+@.+$'),
})
DB = []


@ns.route('/')
class Todos(Resource):
    @ns.marshal_list_with(todo)
    def get(self):
        return DB

    @ns.expect(todo, validate=True)
    @ns.marshal_with(todo, code=201)
    def post(self):
        item = {**api.payload, 'id': len(DB) + 1}
        DB.append(item)
        return item, 201


if __name__ == '__main__':
    client = app.test_client()
    for body in ({'task': 'hi', 'tags': ['a']}, {}, {'task': 5}, {'task': 'x'}, {'task': 'ok', 'tags': [1]}, {'task': 'ok', 'email': 'no'}, [1]):
        answer = client.post('/todos/', json=body)
        print(answer.status_code, answer.get_json())
    print(client.get('/todos/').get_json())
    print(sorted(client.get('/swagger.json').get_json()['definitions']))
    import jsonschema, referencing, rpds
    schema = {'$id': 'http://x/y', '$defs': {'n': {'type': 'integer', 'minimum': 3}}, 'type': 'object', 'properties': {'a': {'$ref': '#/$defs/n'}, 'b': {'$ref': 'http://z/other#/$defs/s'}}, 'unevaluatedProperties': False}
    from referencing import Registry, Resource as R
    from referencing.jsonschema import DRAFT202012
    registry = Registry().with_resource('http://z/other', R(contents={'$defs': {'s': {'type': 'string'}}}, specification=DRAFT202012))
    v = jsonschema.Draft202012Validator(schema, registry=registry)
    for value in ({'a': 5, 'b': 'x'}, {'a': 1}, {'b': 5}, {'c': 1}):
        print(value, sorted(e.message for e in v.iter_errors(value)))
    try:
        registry.resolver().lookup('http://none/')
    except Exception as error:
        print(type(error).__name__, error)
    print(jsonschema.Draft7Validator({'type': 'array', 'items': {'enum': [1, 2]}}).is_valid([1, 3]))
    try:
        jsonschema.validate({'a': [1, {'b': 'x'}]}, {'properties': {'a': {'items': {'properties': {'b': {'type': 'integer'}}}}}})
    except jsonschema.ValidationError as error:
        print(error.message, error.json_path, list(error.absolute_path))
