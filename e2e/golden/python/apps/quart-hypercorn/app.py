import asyncio
import time

from quart import Blueprint, Quart, Response, abort, g, jsonify, redirect, request, session, stream_with_context, url_for, websocket

app = Quart(__name__)
app.secret_key = 'golden'
app.config['MAX_CONTENT_LENGTH'] = 2000
notes = Blueprint('notes', __name__, url_prefix='/notes')
store: dict[int, dict] = {}


@app.before_serving
async def start() -> None:
    app.started = asyncio.Event()
    app.started.set()
    print('before serving', flush=True)


@app.after_serving
async def stop() -> None:
    print('after serving', flush=True)


@app.before_request
async def note_user() -> None:
    g.user = request.headers.get('X-User', 'nobody')


@app.after_request
async def add_header(response: Response) -> Response:
    response.headers['X-User-Was'] = g.user
    return response


@app.get('/')
async def index():
    return {'started': app.started.is_set(), 'user': g.user, 'home': url_for('index')}


@notes.get('/')
async def list_notes():
    wanted = request.args.get('q', '')
    return jsonify([note for note in store.values() if wanted in note['text']])


@notes.post('/')
async def create_note():
    body = await request.get_json()
    if not isinstance(body, dict) or not body.get('text'):
        abort(400, 'text is required')
    number = len(store) + 1
    store[number] = {'id': number, 'text': body['text'], 'by': g.user}
    return store[number], 201, {'Location': url_for('notes.read_note', number=number)}


@notes.get('/<int:number>')
async def read_note(number: int):
    return store.get(number) or abort(404)


@notes.delete('/<int:number>')
async def delete_note(number: int):
    if store.pop(number, None) is None:
        return {'error': 'no such note'}, 404
    return '', 204


app.register_blueprint(notes)


@app.post('/form')
async def form():
    fields, files = await request.form, await request.files
    names = {name: [file.filename, len(file.read()), file.mimetype] for name, file in files.items()}
    return {'fields': fields.to_dict(flat=False), 'files': names}


@app.post('/raw')
async def raw():
    return Response(await request.get_data(), mimetype='application/octet-stream')


@app.get('/stream')
async def stream():
    @stream_with_context
    async def parts():
        for number in range(3):
            await asyncio.sleep(0.01)
            yield f'{number} {request.path}\n'.encode()

    return parts(), 200, {'Content-Type': 'text/plain'}


@app.get('/blocking')
def blocking():
    time.sleep(0.02)
    return 'from a thread'


@app.get('/session')
async def count():
    session['seen'] = session.get('seen', 0) + 1
    return {'seen': session['seen']}


@app.get('/away')
async def away():
    return redirect(url_for('index'))


@app.get('/boom')
async def boom():
    raise RuntimeError('boom')


@app.get('/late')
async def late():
    async with asyncio.timeout(0.01):
        await asyncio.sleep(5)


@app.errorhandler(404)
async def missing(error):
    return {'error': error.name, 'path': request.path}, 404


@app.errorhandler(TimeoutError)
async def timed_out(error):
    return {'error': 'late', 'text': str(error)}, 504


@app.websocket('/ws')
async def chat():
    while True:
        text = await websocket.receive()
        await websocket.send(f'{text} back')
        if text == 'close':
            return
