# run: bash alembic_migrations.sh
# files: alembic_migrations.sh
# install: alembic==1.13.3 sqlalchemy==2.0.58
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention={'fk': 'fk_%(table_name)s_%(column_0_name)s', 'uq': 'uq_%(table_name)s'})


class Author(Base):
    __tablename__ = 'authors'

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(30), unique=True)
    books: Mapped[list['Book']] = relationship(back_populates='author')


class Book(Base):
    __tablename__ = 'books'

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey('authors.id'))
    author: Mapped[Author | None] = relationship(back_populates='books')


if __name__ == '__main__':
    engine = sa.create_engine('sqlite:///library.sqlite3')
    inspector = sa.inspect(engine)
    for table in sorted(inspector.get_table_names()):
        print(table, [(column['name'], str(column['type'])) for column in inspector.get_columns(table)])
