# install: peewee==4.5.3
"""peewee."""

from peewee import CharField, DoesNotExist, ForeignKeyField, IntegerField, IntegrityError, Model, SqliteDatabase, fn

database = SqliteDatabase('peewee.db', pragmas={'journal_mode': 'wal', 'foreign_keys': 1})


class Base(Model):
    class Meta:
        database = database


class User(Base):
    name = CharField(unique=True)
    age = IntegerField(default=0)


class Note(Base):
    user = ForeignKeyField(User, backref='notes', on_delete='CASCADE')
    text = CharField()


database.connect()
database.create_tables([User, Note])
print(sorted(database.get_tables()), database.journal_mode, database.foreign_keys)
ann = User.create(name='ann', age=4)
Note.insert_many([{'user': ann, 'text': str(i)} for i in range(5)]).execute()
print([n.text for n in ann.notes.order_by(Note.text.desc()).limit(3)], User.select(fn.COUNT(User.id)).scalar())
try:
    with database.atomic():
        User.create(name='bob')
        User.create(name='ann')
except IntegrityError as error:
    print(error)
try:
    User.get(User.name == 'bob')
except DoesNotExist as error:
    print(str(error).replace('\n', ' '))
print(User.update(age=User.age + 1).where(User.name == 'ann').execute(), User.get_by_id(1).age)
print(User.delete().where(User.name == 'ann').execute(), Note.select().count())
database.close()
