import os
import threading
from datetime import date

from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, create_engine, event, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from sqlalchemy.pool import QueuePool


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'
db.init_app(app)


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    born: Mapped[date | None]
    books: Mapped[list['Book']] = relationship(back_populates='author', cascade='all, delete-orphan', order_by='Book.id')


class Book(db.Model):
    __table_args__ = (UniqueConstraint('author_id', 'title'), CheckConstraint('price >= 0', name='price_positive'))

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    price: Mapped[float] = mapped_column(default=0)
    author_id: Mapped[int] = mapped_column(ForeignKey('author.id'))
    author: Mapped[Author] = relationship(back_populates='books')


@event.listens_for(Book, 'before_insert')
def tidy(mapper, connection, book):
    book.title = book.title.strip()


class AuthorSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(min=2, max=20))
    born = fields.Date(allow_none=True)
    mail = fields.Email(load_only=True)
    tags = fields.List(fields.Integer(strict=True), validate=validate.Length(max=2))

    @validates_schema
    def not_bob(self, data, **kwargs):
        if data.get('name') == 'bob':
            raise ValidationError('not bob', 'name')

    @post_load
    def make(self, data, **kwargs):
        return Author(name=data['name'], born=data.get('born'))


def told(author, books=False):
    told = {'id': author.id, 'name': author.name, 'born': author.born and author.born.isoformat()}
    if books:
        told['books'] = [[book.title, book.price] for book in author.books]
    return told


@app.post('/authors')
def create():
    author = AuthorSchema().load(request.get_json())
    db.session.add(author)
    db.session.commit()
    return told(author), 201


@app.errorhandler(ValidationError)
def invalid(error):
    return jsonify(errors=error.messages, valid=sorted(error.valid_data)), 422


@app.errorhandler(IntegrityError)
def conflict(error):
    db.session.rollback()
    return jsonify(error=str(error.orig), statement=error.statement, code=error.code), 409


@app.get('/authors')
def page():
    shown = db.paginate(select(Author).order_by(Author.name), per_page=2, max_per_page=5)
    return jsonify(
        items=[told(author) for author in shown.items],
        total=shown.total,
        pages=shown.pages,
        next=shown.next_num,
        previous=shown.prev_num,
        numbers=list(shown.iter_pages()),
    )


@app.get('/authors/<int:key>')
def one(key):
    return told(db.get_or_404(Author, key, description=f'no author {key}'), books=True)


@app.post('/authors/<int:key>/books')
def add_book(key):
    author = db.session.get(Author, key) or abort(404)
    author.books.append(Book(**request.get_json()))
    db.session.commit()
    return told(author, books=True), 201


@app.delete('/authors/<int:key>')
def delete(key):
    db.session.delete(db.get_or_404(Author, key))
    db.session.commit()
    return jsonify(books=db.session.scalar(select(func.count()).select_from(Book)))


@app.get('/summary')
def summary():
    rows = db.session.execute(
        select(Author.name, func.count(Book.id), func.coalesce(func.sum(Book.price), 0).label('sum'))
        .outerjoin(Book)
        .group_by(Author.id)
        .having(func.count(Book.id) >= 0)
        .order_by(Author.name.desc())
    ).all()
    return jsonify([list(row) for row in rows])


@app.get('/sql')
def sql():
    statement = select(Author).where(Author.name.in_(['a', 'b']), Author.born > date(2000, 1, 1)).limit(3)
    return str(statement.compile(db.engine)) + '\n' + str(statement.compile(db.engine, compile_kwargs={'literal_binds': True}))


@app.get('/errors/<kind>')
def errors(kind):
    try:
        if kind == 'detached':
            with Session(db.engine) as session:
                author = session.scalars(select(Author).order_by(Author.id)).first()
            return str(author.books)
        if kind == 'expired':
            with Session(db.engine) as session:
                author = session.scalars(select(Author).order_by(Author.id)).first()
                session.commit()
            return author.name
        if kind == 'loaded':
            with Session(db.engine) as session:
                author = session.scalars(select(Author).options(selectinload(Author.books)).order_by(Author.id)).first()
            return str(len(author.books))
        if kind == 'table':
            db.session.execute(text('select * from nowhere'))
        if kind == 'pool':
            engine = create_engine('sqlite://', poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.05)
            with engine.connect():
                engine.connect()
        if kind == 'one':
            db.session.execute(select(Author).where(Author.id == -1)).scalar_one()
        if kind == 'nested':
            with db.session.begin_nested():
                db.session.add(Author(name='nested'))
                db.session.flush()
                raise ValueError('undo')
        if kind == 'thread':
            engine = create_engine('sqlite://')
            with engine.connect() as connection:
                failures = []

                def use():
                    try:
                        connection.execute(text('select 1'))
                    except SQLAlchemyError as error:
                        failures.append(f'{type(error).__name__}: {str(error.orig).split(" created in")[0]}')

                thread = threading.Thread(target=use)
                thread.start()
                thread.join()
                return str(failures)
    except Exception as error:
        return f'{type(error).__module__}.{type(error).__name__}: {str(error).split(" at 0x")[0]}'
    return str(db.session.scalar(select(func.count()).select_from(Author).where(Author.name == 'nested')))


@app.get('/raise')
def unhandled():
    db.session.execute(text('select broken from author'))


with app.app_context():
    db.drop_all()
    db.create_all()

if __name__ == '__main__':
    app.run('0.0.0.0', int(os.environ['PORT']))
