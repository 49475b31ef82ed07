import asyncio

from fastapi import Depends, FastAPI, HTTPException, Request, Security
from fastapi.responses import StreamingResponse
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel

app = FastAPI()
basic = HTTPBasic()
key = APIKeyHeader(name='X-Key', auto_error=False)
log = []


@app.on_event('startup')
async def startup():
    log.append('startup')


@app.on_event('shutdown')
def shutdown():
    print('shutdown of the app', flush=True)


class Point(BaseModel):
    x: int
    y: int = 0


async def resource():
    log.append('open')
    try:
        yield 'resource'
    except HTTPException as error:
        log.append(f'failed {error.status_code}')
        raise
    finally:
        log.append('close')


@app.get('/')
def index(request: Request):
    return {'version': request.scope['http_version'], 'client': request.client.host, 'type': request.scope['type']}


@app.get('/log')
async def read_log():
    return log


@app.get('/resource/{name}')
async def use(name: str, opened: str = Depends(resource)):
    if name == 'bad':
        raise HTTPException(400, 'bad name')
    return {'name': name, 'opened': opened}


@app.post('/points')
def points(points: list[Point]):
    return {'sum': sum(point.x + point.y for point in points)}


@app.get('/user')
def user(credentials: HTTPBasicCredentials = Depends(basic)):
    return credentials.username


@app.get('/key')
def with_key(value: str | None = Security(key)):
    return value


@app.get('/ticks')
async def ticks():
    async def parts():
        for number in range(3):
            yield f'{number}\n'.encode()
            await asyncio.sleep(0.001)

    return StreamingResponse(parts())


@app.post('/size')
async def size(request: Request):
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
    return total


@app.get('/boom')
def boom():
    raise ZeroDivisionError('boom')
