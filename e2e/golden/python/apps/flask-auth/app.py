import datetime
import hmac
import os

import jwt
from flask import Flask, jsonify, request, session
from flask_cors import CORS, cross_origin
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    current_user,
    get_jwt,
    get_jwt_identity,
    jwt_required,
)
from flask_login import LoginManager, UserMixin, login_required, login_user, logout_user
from flask_login import current_user as logged_in
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config.update(SECRET_KEY='golden', JWT_SECRET_KEY='k' * 32)
CORS(app, resources={r'/api/*': {'origins': ['https://a.example', r'https://.*\.b\.example'], 'max_age': 60}}, supports_credentials=True)
tokens = JWTManager(app)
logins = LoginManager(app)
USERS = {'ann': generate_password_hash('secret', method='pbkdf2:sha256:1000', salt_length=8)}
revoked = set()
KEY = 'not so secret, but long enough for HS256'


@tokens.user_identity_loader
def identity(user):
    return user


@tokens.user_lookup_loader
def lookup(header, payload):
    return {'name': payload['sub']} if payload['sub'] in USERS else None


@tokens.token_in_blocklist_loader
def is_revoked(header, payload):
    return payload['jti'] in revoked


class User(UserMixin):
    def __init__(self, name):
        self.id = name


@logins.user_loader
def load(name):
    return User(name) if name in USERS else None


@app.post('/api/login')
def login():
    data = request.get_json()
    if data['name'] not in USERS or not check_password_hash(USERS[data['name']], data['password']):
        return jsonify(error='bad credentials'), 401, {'WWW-Authenticate': 'Bearer realm="golden"'}
    extra = {'role': 'admin'}
    return jsonify(access=create_access_token('ann', additional_claims=extra), refresh=create_refresh_token('ann'))


@app.get('/api/me')
@jwt_required()
def me():
    claims = get_jwt()
    return jsonify(me=get_jwt_identity(), user=dict(current_user), role=claims['role'], keys=sorted(claims))


@app.get('/api/maybe')
@jwt_required(optional=True)
def maybe():
    return jsonify(me=get_jwt_identity())


@app.post('/api/refresh')
@jwt_required(refresh=True)
def refresh():
    return jsonify(me=get_jwt_identity(), type=get_jwt()['type'])


@app.post('/api/revoke')
@jwt_required()
def revoke():
    revoked.add(get_jwt()['jti'])
    return '', 204


@app.post('/jwt/encode')
def encode():
    return jwt.encode(request.get_json(), KEY, algorithm='HS256', headers={'kid': '1'})


@app.post('/jwt/decode')
def decode():
    data = request.get_json()
    try:
        payload = jwt.decode(
            data['token'],
            data.get('key', KEY),
            algorithms=data.get('algorithms', ['HS256']),
            audience=data.get('audience'),
            options=data.get('options'),
        )
        return jsonify(payload=payload, header=jwt.get_unverified_header(data['token']))
    except jwt.PyJWTError as error:
        return jsonify(error=type(error).__name__, text=str(error)), 401


@app.get('/jwt/claims')
def claims():
    moment = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    token = jwt.encode({'exp': moment, 'nbf': 1, 'iss': 'golden', 'aud': ['x', 'y']}, KEY)
    return token


@app.post('/session/login')
def session_login():
    login_user(User(request.form['name']))
    return jsonify(user=logged_in.id, authenticated=logged_in.is_authenticated, keys=sorted(session))


@app.get('/session/me')
@login_required
def session_me():
    return jsonify(user=logged_in.get_id())


@app.post('/session/logout')
def session_logout():
    return jsonify(out=logout_user())


@app.get('/basic')
def basic():
    given = request.authorization
    if given is None or given.type != 'basic' or not hmac.compare_digest((given.password or '').encode(), 'pä:ss'.encode()):
        return 'who?', 401, {'WWW-Authenticate': 'Basic realm="golden", charset="UTF-8"'}
    return jsonify(user=given.username)


@app.get('/own')
@cross_origin(origins='*', expose_headers=['X-One', 'X-Two'], methods=['GET'])
def own():
    return 'own'


@app.get('/hash')
def hashes():
    return jsonify(
        pbkdf2=generate_password_hash('x', 'pbkdf2:sha256:10').split('$')[0],
        scrypt=check_password_hash(generate_password_hash('x', 'scrypt:1024:8:1'), 'x'),
        default=generate_password_hash('x').split('$')[0],
        wrong=check_password_hash('pbkdf2:sha256:10$abcd$00', 'x'),
    )


if __name__ == '__main__':
    app.run('0.0.0.0', int(os.environ['PORT']))
