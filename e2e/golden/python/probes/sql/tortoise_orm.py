# install: tortoise-orm==0.25.4 aiosqlite==0.21.0
"""Tortoise ORM."""

from tortoise import Tortoise, fields, run_async
from tortoise.exceptions import DoesNotExist, IntegrityError
from tortoise.functions import Count
from tortoise.models import Model
from tortoise.transactions import in_transaction


class Author(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=20, unique=True)


class Book(Model):
    id = fields.IntField(primary_key=True)
    title = fields.CharField(max_length=50)
    author = fields.ForeignKeyField('models.Author', related_name='books')
    tags = fields.JSONField(default=list)


async def main():
    await Tortoise.init(db_url='sqlite://tortoise.db', modules={'models': ['__main__']})
    await Tortoise.generate_schemas()
    ann = await Author.create(name='ann')
    await Book.create(title='one', author=ann, tags=['a', 'b'])
    await Book.bulk_create([Book(title=str(i), author=ann) for i in range(3)])
    print(await Book.all().order_by('title').values_list('title', flat=True), (await Book.get(title='one')).tags)
    print([(a.name, a.n) for a in await Author.annotate(n=Count('books')).all()])
    try:
        async with in_transaction():
            await Author.create(name='bob')
            await Author.create(name='ann')
    except IntegrityError as error:
        print(error)
    try:
        await Author.get(name='bob')
    except DoesNotExist as error:
        print(error)
    print([b.author.name for b in await Book.filter(author__name='ann').prefetch_related('author').limit(2)])
    print(await Book.filter(title='one').update(title='first'), await Book.filter(title__startswith='f').count())


run_async(main())
