from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Body, Cookie, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, Response, UploadFile, status
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

app = FastAPI(title='Golden', version='1.2.3', description='What FastAPI does.')


class Colour(str, Enum):
    red = 'red'
    green = 'green'


class Address(BaseModel):
    street: str = Field(min_length=2, max_length=30)
    postcode: str = Field(pattern=r'^\d{5}$')


class Item(BaseModel):
    model_config = ConfigDict(extra='forbid')

    name: str = Field(min_length=1, examples=['Spoon'])
    price: Decimal = Field(gt=0, max_digits=6, decimal_places=2)
    colour: Colour = Colour.red
    tags: set[str] = Field(default_factory=set, max_length=3)
    address: Address | None = None
    made: date | None = None
    kind: Literal['a', 'b'] = 'a'

    @field_validator('name')
    @classmethod
    def no_digits(cls, value: str) -> str:
        if any(character.isdigit() for character in value):
            raise ValueError('must not have digits')
        return value.strip()

    @model_validator(mode='after')
    def cheap_red(self) -> 'Item':
        if self.colour is Colour.red and self.price > 1000:
            raise ValueError('red things are cheap')
        return self


class Out(BaseModel):
    id: int
    name: str
    secret: str | None = None


class Cat(BaseModel):
    type: Literal['cat']
    lives: int


class Dog(BaseModel):
    type: Literal['dog']
    tricks: list[str] = []


class Problem(Exception):
    def __init__(self, name: str):
        self.name = name


@app.exception_handler(Problem)
async def on_problem(request: Request, error: Problem):
    return JSONResponse(status_code=418, content={'problem': error.name, 'path': request.url.path})


@app.get('/')
def root():
    return {'hello': 'world', 'float': 1.0, 'tiny': 1e-9, 'text': 'é😀', 'big': 2**70, 'none': None}


@app.get('/items/{item_id}')
def read_item(item_id: int, q: str | None = None, short: bool = False, limit: Annotated[int, Query(ge=1, le=100)] = 10):
    return {'item_id': item_id, 'q': q, 'short': short, 'limit': limit}


@app.post('/items', status_code=status.HTTP_201_CREATED)
async def create_item(item: Item):
    return {**item.model_dump(), 'tags': sorted(item.tags)}


@app.put('/items/{item_id}')
async def update(item_id: Annotated[int, Path(gt=0)], item: Item, importance: Annotated[int, Body(gt=0)]):
    return {'item_id': item_id, 'name': item.name, 'importance': importance}


@app.get('/out', response_model=Out, response_model_exclude_none=True)
def out():
    return {'id': '7', 'name': 'n', 'hidden': True}


@app.get('/bad-out', response_model=Out)
def bad_out():
    return {'id': 'seven'}


@app.get('/colours/{colour}')
def colour(colour: Colour):
    return {'colour': colour, 'is_red': colour is Colour.red}


@app.get('/files/{path:path}')
def path(path: str):
    return {'path': path}


@app.get('/list')
def numbers(n: Annotated[list[int], Query()] = [], alias: Annotated[str | None, Query(alias='item-query', max_length=3)] = None):
    return {'n': n, 'alias': alias}


@app.get('/types')
def types(when: datetime, key: UUID, span: timedelta = timedelta(0), day: date | None = None):
    return {'when': when, 'key': key, 'span': span, 'day': day, 'utc': when.astimezone(timezone.utc)}


@app.get('/headers')
def headers(x_token: Annotated[list[str] | None, Header()] = None, seen: Annotated[str | None, Cookie()] = None, user_agent: Annotated[str | None, Header()] = None):
    return {'x_token': x_token, 'seen': seen, 'user_agent': user_agent}


@app.post('/form')
def form(name: Annotated[str, Form()], age: Annotated[int, Form()] = 0):
    return {'name': name, 'age': age}


@app.post('/upload')
async def upload(file: UploadFile, others: Annotated[list[bytes], File()] = [], note: Annotated[str, Form()] = ''):
    data = await file.read()
    return {'name': file.filename, 'type': file.content_type, 'size': len(data), 'others': [len(one) for one in others], 'note': note}


@app.post('/pets')
def pets(pet: Annotated[Cat | Dog, Body(discriminator='type')]):
    return pet


@app.post('/numbers')
def many(values: list[float]):
    return {'sum': sum(values)}


@app.get('/http-error')
def http_error():
    raise HTTPException(status_code=409, detail={'code': 'taken', 'at': [1, 2]}, headers={'X-Error': 'yes'})


@app.get('/problem')
def problem():
    raise Problem('unicorn')


@app.get('/crash')
def crash():
    return 1 / 0


@app.get('/html', response_class=HTMLResponse)
def html():
    return '<h1>é</h1>'


@app.get('/plain')
def plain(response: Response):
    response.set_cookie('a', 'b c', max_age=60, secure=True, samesite='strict')
    response.headers['X-Plain'] = '1'
    return PlainTextResponse('plain', headers={'X-Own': '2'})


@app.get('/cookie')
def cookie(response: Response):
    response.set_cookie('a', 'b', httponly=True)
    response.delete_cookie('old')
    response.status_code = 202
    return 'set'


@app.get('/redirect')
def redirect():
    return RedirectResponse('/items/1?q=a b')


@app.delete('/items/{item_id}', status_code=204)
def delete(item_id: int):
    return None


@app.get('/nan')
def nan():
    return {'value': float('nan')}


@app.api_route('/many', methods=['GET', 'POST'], include_in_schema=False)
def many_methods(request: Request):
    return {'method': request.method, 'base': str(request.base_url), 'client': request.client is not None}
