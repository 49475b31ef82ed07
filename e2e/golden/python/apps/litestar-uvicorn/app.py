import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import msgspec
from litestar import Controller, Litestar, Request, Response, delete, get, patch, post
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import Parameter
from litestar.response import Redirect, Stream


@dataclass
class NewBook:
    title: str
    pages: int
    tags: list[str] | None = None


class Book(msgspec.Struct):
    id: int
    title: str
    pages: int
    tags: list[str] = []


class Shelf:
    def __init__(self) -> None:
        self.books: dict[int, Book] = {}

    def find(self, number: int) -> Book:
        if number not in self.books:
            raise NotFoundException(f'no book {number}')
        return self.books[number]


shelf = Shelf()


async def provide_shelf() -> Shelf:
    return shelf


def needs_key(connection: ASGIConnection, _handler: BaseRouteHandler) -> None:
    if connection.headers.get('X-Key') != 'golden':
        raise NotAuthorizedException('the key is missing')


class BookController(Controller):
    path = '/books'
    dependencies = {'shelf': Provide(provide_shelf)}

    @get()
    async def list_books(
        self, shelf: Shelf, longer_than: Annotated[int, Parameter(query='longerThan', ge=0)] = 0
    ) -> list[Book]:
        return [book for book in shelf.books.values() if book.pages > longer_than]

    @post(guards=[needs_key])
    async def add_book(self, shelf: Shelf, data: NewBook) -> Book:
        book = Book(len(shelf.books) + 1, data.title, data.pages, data.tags or [])
        shelf.books[book.id] = book
        return book

    @get('/{number:int}')
    async def read_book(self, shelf: Shelf, number: int) -> Book:
        return shelf.find(number)

    @patch('/{number:int}', guards=[needs_key])
    async def change_book(self, shelf: Shelf, number: int, data: dict[str, int]) -> Book:
        book = shelf.find(number)
        book.pages = data.get('pages', book.pages)
        return book

    @delete('/{number:int}', guards=[needs_key])
    async def drop_book(self, shelf: Shelf, number: int) -> None:
        del shelf.books[shelf.find(number).id]


@get('/', sync_to_thread=False)
def index() -> dict[str, str]:
    return {'hello': 'wörld'}


@get('/thread', sync_to_thread=True)
def in_thread() -> str:
    import threading

    return str(threading.current_thread() is threading.main_thread())


@get('/stream')
async def stream() -> Stream:
    async def parts() -> AsyncGenerator[str, None]:
        for number in range(3):
            await asyncio.sleep(0)
            yield f'part {number}\n'

    return Stream(parts(), media_type='text/plain')


@get('/away')
async def away() -> Redirect:
    return Redirect('/books')


@get('/boom')
async def boom() -> None:
    raise RuntimeError('boom')


@get('/teapot')
async def teapot() -> None:
    raise HTTPException(status_code=418, detail='short and stout', extra={'spout': 1})


@post('/echo', status_code=200)
async def echo(request: Request) -> Response[bytes]:
    return Response(await request.body(), media_type=request.headers.get('Content-Type', 'text/plain'))


@asynccontextmanager
async def lifespan(_app: Litestar) -> AsyncGenerator[None, None]:
    print('up', flush=True)
    yield
    print('down', flush=True)


app = Litestar(
    [BookController, index, in_thread, stream, away, boom, teapot, echo], lifespan=[lifespan], openapi_config=None
)
