import asyncio
import logging
import threading
import time
from contextlib import asynccontextmanager
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, Union
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Body, Cookie, Depends, FastAPI, Header, HTTPException, Path, Query
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from sqlalchemy.orm import Session

from .database import Base, Item, Order, all_orders, engine, session
from .settings import Settings, settings

log = logging.getLogger('uvicorn.error')
done = []


@asynccontextmanager
async def lifespan(app: FastAPI):
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    log.info('tables are there')
    yield {'started': 'yes'}
    log.info('good bye')


app = FastAPI(title='Golden', lifespan=lifespan)
app.add_middleware(GZipMiddleware, minimum_size=2000)
app.add_middleware(CORSMiddleware, allow_origins=['http://front.example'], allow_credentials=True, allow_methods=['*'])


class ItemIn(BaseModel):
    name: str = Field(min_length=1, max_length=10)
    count: int = Field(1, ge=1)


class OrderIn(BaseModel):
    customer: str
    items: list[ItemIn] = []

    @field_validator('customer')
    @classmethod
    def strip(cls, value: str) -> str:
        if not value.strip():
            raise ValueError('a customer has a name')
        return value.strip()

    @model_validator(mode='after')
    def distinct(self):
        if len({item.name for item in self.items}) < len(self.items):
            raise ValueError('items are distinct')
        return self


class ItemOut(ItemIn):
    model_config = ConfigDict(from_attributes=True)
    id: int


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    customer: str
    items: list[ItemOut]


class Cat(BaseModel):
    kind: Literal['cat']
    lives: int = 9


class Dog(BaseModel):
    kind: Literal['dog']
    born: date
    weight: Decimal


class Colour(str, Enum):
    red = 'red'
    blue = 'blue'


router = APIRouter(prefix='/orders', tags=['orders'])
Database = Annotated[Session, Depends(session)]


@router.get('', response_model=list[OrderOut])
def list_orders(database: Database):
    return all_orders(database)


@router.post('', status_code=201)
def create(order: OrderIn, database: Database, config: Annotated[Settings, Depends(settings)]) -> OrderOut:
    if len(order.items) > config.limits.items:
        raise HTTPException(409, {'limit': config.limits.items}, {'X-Limit': 'items'})
    made = Order(customer=order.customer, items=[Item(**item.model_dump()) for item in order.items])
    database.add(made)
    database.commit()
    return made


@router.get('/{number}')
def one(number: Annotated[int, Path(gt=0)], database: Database) -> OrderOut:
    if (found := database.get(Order, number)) is None:
        raise HTTPException(404, 'No such order')
    return found


@router.delete('/{number}', status_code=204)
def delete(number: int, database: Database):
    if (found := database.get(Order, number)) is not None:
        database.delete(found)
        database.commit()


app.include_router(router)


@app.get('/')
async def index(request: Request, config: Annotated[Settings, Depends(settings)]):
    return {'name': config.name, 'started': request.state.started, 'main': threading.current_thread().name}


@app.get('/thread')
def thread():
    return {'main': threading.current_thread() is threading.main_thread()}


@app.get('/query')
async def query(
    n: Annotated[int, Query(ge=0, alias='number')] = 1,
    colour: Colour = Colour.red,
    tags: Annotated[list[str] | None, Query()] = None,
    for_days: timedelta = timedelta(0),
    x_token: Annotated[str | None, Header()] = None,
    seen: Annotated[bool, Cookie()] = False,
):
    return {'n': n, 'colour': colour, 'tags': tags, 'days': for_days, 'token': x_token, 'seen': seen}


@app.post('/pets')
async def pets(pet: Annotated[Union[Cat, Dog], Body(discriminator='kind')]):
    return pet


@app.get('/uuid/{value}')
async def uuid(value: UUID):
    return value.version


@app.post('/later', status_code=202)
async def later(word: Annotated[str, Body(embed=True)], tasks: BackgroundTasks):
    tasks.add_task(lambda: (time.sleep(0.005), done.append(word)))
    return 'accepted'


@app.get('/done')
async def finished():
    await asyncio.sleep(0.05)
    return done


@app.get('/events')
async def events(count: int = 3):
    async def parts():
        for number in range(count):
            yield f'id: {number}\ndata: {{"n": {number}}}\n\n'
            await asyncio.sleep(0.002)

    return StreamingResponse(parts(), media_type='text/event-stream')


@app.get('/rows')
def rows():
    return StreamingResponse((f'{number},{number * number}\n' for number in range(5)), media_type='text/csv')


@app.get('/old')
async def old():
    return RedirectResponse('/orders', 307)


@app.get('/cookie')
async def cookie(response: Response):
    response.set_cookie('seen', 'true', httponly=True, samesite='strict', max_age=60)
    return {}


@app.get('/long')
async def long():
    return PlainTextResponse('golden ' * 10, headers={'X-Long': 'no'})


@app.get('/boom')
async def boom():
    raise RuntimeError('boom')


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError):
    problems = [{'at': '.'.join(map(str, one['loc'])), 'why': one['msg'], 'type': one['type']} for one in error.errors()]
    return JSONResponse({'problems': problems}, 422)
