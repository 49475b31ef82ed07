import hashlib
import io
import os
import time
import zlib

from flask import Flask, Response, jsonify, request, send_file, send_from_directory, stream_with_context
from werkzeug.utils import secure_filename

os.makedirs('static', exist_ok=True)
os.makedirs('uploads', exist_ok=True)
with open('static/alphabet.txt', 'w') as file:
    file.write('abcdefghijklmnopqrstuvwxyz' * 4)
with open('static/page.html', 'w', encoding='utf-8') as file:
    file.write('<p>é</p>\n')
for name in os.listdir('static'):
    os.utime(os.path.join('static', name), (1_600_000_000, 1_600_000_000))

app = Flask(__name__)
app.config['MAX_CONTENT_LENGTH'] = 4096


@app.post('/upload')
def upload():
    told = []
    for key, file in sorted(request.files.items(multi=True)):
        data = file.read()
        told.append(
            {
                'field': key,
                'name': file.filename,
                'safe': secure_filename(file.filename),
                'type': file.content_type,
                'size': len(data),
                'sha256': hashlib.sha256(data).hexdigest(),
            }
        )
    return jsonify(files=told, form=request.form.to_dict(flat=False))


@app.post('/save')
def save():
    file = request.files['file']
    path = os.path.join('uploads', secure_filename(file.filename))
    file.save(path)
    return jsonify(size=os.path.getsize(path), names=sorted(os.listdir('uploads')))


@app.get('/uploads/<path:name>')
def uploaded(name):
    return send_from_directory('uploads', name, as_attachment=True, max_age=60, etag=False, last_modified=0)


@app.get('/download')
def download():
    return send_file(io.BytesIO(b'%PDF-1.4'), mimetype='application/pdf', as_attachment=True, download_name='a é.pdf')


@app.get('/conditional')
def conditional():
    return send_file('static/alphabet.txt', conditional=True, max_age=0)


@app.get('/etag')
def etag():
    response = Response('tagged')
    response.set_etag('v1')
    response.cache_control.public = True
    response.cache_control.max_age = 30
    return response.make_conditional(request)


@app.get('/weak')
def weak():
    response = Response('weakly')
    response.add_etag(weak=True)
    return response.make_conditional(request)


@app.get('/chunks')
def chunks():
    def produce():
        for number in range(4):
            time.sleep(0.01)
            yield f'chunk {number} of {request.path}\n'

    return Response(stream_with_context(produce()), mimetype='text/plain')


@app.get('/events')
def events():
    def produce():
        for number in range(3):
            yield f'id: {number}\nevent: tick\ndata: {{"n": {number}}}\n\n'

    return Response(produce(), mimetype='text/event-stream', headers={'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no'})


@app.get('/broken-stream')
def broken():
    def produce():
        yield 'first\n'
        raise RuntimeError('in the stream')

    return Response(produce(), mimetype='text/plain')


@app.get('/length')
def length():
    return Response('123456', headers={'Content-Length': '6', 'Content-Language': 'de'})


@app.post('/gzip')
def inflate():
    return jsonify(text=zlib.decompress(request.get_data(), 31).decode())


@app.post('/raw')
def raw():
    body = request.get_data(cache=False)
    return Response(body[::-1], mimetype='application/octet-stream')


@app.post('/stream')
def stream():
    sizes = []
    while True:
        part = request.stream.read(7)
        if not part:
            break
        sizes.append(len(part))
    return jsonify(sizes=sizes)


if __name__ == '__main__':
    app.run('0.0.0.0', int(os.environ['PORT']), threaded=True)
