from datetime import date
from typing import List, Optional

from fastapi import Body, FastAPI, Header, HTTPException, Query
from pydantic import BaseModel, Field, root_validator, validator

app = FastAPI()
events = []


class Item(BaseModel):
    name: str = Field(..., min_length=2, max_length=8)
    price: float = Field(..., gt=0)
    tags: List[str] = []
    day: Optional[date] = None

    @validator('name')
    def title(cls, value):
        if value.lower() == 'none':
            raise ValueError('not none')
        return value.title()

    @root_validator(skip_on_failure=True)
    def together(cls, values):
        if values['price'] > 100 and not values['tags']:
            raise ValueError('dear things need tags')
        return values

    class Config:
        extra = 'forbid'
        schema_extra = {'example': {'name': 'Foo', 'price': 1.0}}


@app.on_event('startup')
async def startup():
    events.append('startup')


@app.on_event('shutdown')
def shutdown():
    print('shutdown', flush=True)


@app.post('/items')
def create(item: Item):
    return item


@app.post('/pair')
def pair(a: Item, b: Item = Body(None, embed=True)):
    return {'json': a.json(exclude_unset=True), 'copy': a.copy(update={'price': 2}).dict(), 'b': b}


@app.get('/query')
def query(n: int = Query(3, ge=1, lt=10), names: List[str] = Query(['x'], alias='name'), flag: bool = False, agent: str = Header(None, alias='User-Agent')):
    return {'n': n, 'names': names, 'flag': flag, 'agent': agent}


@app.get('/events')
async def show():
    return events


@app.get('/error')
async def error():
    raise HTTPException(404, detail=['none'])


@app.get('/schema')
def schema():
    return Item.schema()


@app.get('/parse')
def parse():
    try:
        Item.parse_raw('{"name": "x", "price": "much", "day": "2024-02-30"}')
    except ValueError as error:
        return {'text': str(error), 'json': error.errors()}
