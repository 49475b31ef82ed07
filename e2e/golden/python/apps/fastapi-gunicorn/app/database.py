from collections.abc import Iterator

from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker

engine = create_engine('sqlite:///shop.sqlite3')
make_session = sessionmaker(engine, expire_on_commit=False)


@event.listens_for(engine, 'connect')
def foreign_keys(connection, _record):
    connection.execute('PRAGMA foreign_keys = ON')


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = 'orders'

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    items: Mapped[list['Item']] = relationship(back_populates='order', cascade='all, delete-orphan', lazy='selectin')


class Item(Base):
    __tablename__ = 'items'

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    order_id: Mapped[int] = mapped_column(ForeignKey('orders.id'))
    order: Mapped[Order] = relationship(back_populates='items')


def session() -> Iterator[Session]:
    with make_session() as opened:
        yield opened


def all_orders(opened: Session):
    return opened.scalars(select(Order).order_by(Order.id)).all()
