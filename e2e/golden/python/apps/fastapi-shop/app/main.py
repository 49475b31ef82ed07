import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Annotated

import uvicorn
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.security import OAuth2PasswordRequestForm
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field, computed_field

from .security import Basic, Reader, Writer, api_key, bearer, make_token
from .settings import settings

log: list[str] = []
marker: ContextVar[str] = ContextVar('marker', default='none')


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict]:
    print('starting', flush=True)
    os.makedirs('static', exist_ok=True)
    with open('static/a.txt', 'w') as file:
        file.write('0123456789' * 3)
    os.utime('static/a.txt', (1_600_000_000, 1_600_000_000))
    yield {'started': True}
    print('stopping', len(log) > 5, flush=True)


app = FastAPI(lifespan=lifespan, title=settings.name)
router = APIRouter(prefix='/v1', tags=['v1'])


@app.middleware('http')
async def outer(request: Request, call_next):
    log.append('outer in')
    marker.set(request.headers.get('x-marker', 'unset'))
    response = await call_next(request)
    response.headers['X-Outer'] = 'yes'
    log.append('outer out')
    return response


@app.middleware('http')
async def outermost(request: Request, call_next):
    log.append('outermost in')
    response = await call_next(request)
    log.append(f'outermost out {response.status_code}')
    return response


app.add_middleware(GZipMiddleware, minimum_size=500)
app.add_middleware(CORSMiddleware, allow_origins=['https://a.example'], allow_methods=['GET', 'PUT'], allow_headers=['X-Own'], allow_credentials=True, expose_headers=['X-Outer'])
app.add_middleware(TrustedHostMiddleware, allowed_hosts=['localhost', '127.0.0.1', '*.example'])


async def connection() -> AsyncIterator[str]:
    log.append('open')
    try:
        yield 'connection'
    except HTTPException as error:
        log.append(f'saw {error.status_code}')
        raise
    finally:
        log.append('close')


def paging(skip: int = 0, limit: Annotated[int, Depends(lambda: settings.limits[-1])] = 0) -> dict:
    return {'skip': skip, 'limit': limit}


class Box(BaseModel):
    width: float = Field(gt=0)
    height: float = Field(gt=0, serialization_alias='tall')

    @computed_field
    @property
    def area(self) -> float:
        return self.width * self.height


class Overridden:
    def __init__(self, value: str = 'original'):
        self.value = value


def real_service() -> Overridden:
    return Overridden()


app.dependency_overrides[real_service] = lambda: Overridden('overridden')


@router.get('/use')
async def use(source: Annotated[str, Depends(connection)], page: Annotated[dict, Depends(paging)]):
    return {'source': source, **page, 'marker': marker.get()}


@router.get('/fail')
async def fail(source: Annotated[str, Depends(connection)]):
    raise HTTPException(400, 'inside')


@router.get('/override')
def override(service: Annotated[Overridden, Depends(real_service)]):
    return service.value


@router.post('/box', response_model_by_alias=True)
def box(box: Box) -> Box:
    return box


@router.post('/later', status_code=202)
async def later(tasks: BackgroundTasks):
    def work(name: str):
        log.append(f'task {name}')

    async def more():
        await asyncio.sleep(0)
        log.append('task more')

    tasks.add_task(work, 'one')
    tasks.add_task(more)
    return {'accepted': True}


@router.get('/log')
def show_log():
    seen = list(log)
    log.clear()
    return seen


@router.get('/secret')
def secret(user: Reader):
    return {'user': user['sub']}


@router.put('/secret')
def write_secret(user: Writer):
    return {'wrote': user['sub']}


@router.get('/basic')
def basic_user(user: Basic):
    return {'user': user.username, 'length': len(user.password)}


@router.get('/key', dependencies=[Depends(api_key)])
def key():
    return 'keyed'


@router.get('/bearer')
def bearer_user(given: Annotated[object, Depends(bearer)]):
    return {'given': given}


@app.post('/token')
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]):
    if form.password != 'secret':
        raise HTTPException(400, 'Incorrect username or password')
    return {'access_token': make_token(form.username, form.scopes), 'token_type': 'bearer'}


@router.get('/stream')
async def stream():
    async def produce():
        for number in range(3):
            yield f'data: {number}\n\n'
            await asyncio.sleep(0.002)

    return StreamingResponse(produce(), media_type='text/event-stream')


@router.get('/sync-stream')
def sync_stream():
    return StreamingResponse((f'{number},' for number in range(5)), media_type='text/csv', headers={'X-Kind': 'sync'})


@router.get('/large')
def large():
    return {'text': 'a' * 1000}


@router.get('/state')
async def state(request: Request):
    return {'started': request.state.started, 'url': str(request.url_for('use')), 'client': request.client.host}


@router.get('/file')
def file():
    return FileResponse('static/a.txt', filename='b é.txt', headers={'ETag': '"fixed"'})


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError):
    return JSONResponse({'errors': [[*map(str, one['loc']), one['type']] for one in error.errors()]}, 400)


@app.exception_handler(ZeroDivisionError)
def division(request: Request, error: ZeroDivisionError):
    return JSONResponse({'error': str(error)}, 500)


@router.get('/divide')
def divide(by: int):
    return 1 // by


@app.websocket('/ws')
async def websocket(socket: WebSocket):
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


app.include_router(router)
app.mount('/static', StaticFiles(directory='static', check_dir=False, html=True), name='static')

if __name__ == '__main__':
    uvicorn.run(app, host='0.0.0.0', port=int(os.environ['PORT']), log_level='warning')
