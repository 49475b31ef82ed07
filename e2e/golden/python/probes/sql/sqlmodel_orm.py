# install: sqlmodel==0.0.50 sqlalchemy==2.0.58
"""SQLModel: tables that are models."""

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True, unique=True)
    heroes: list['Hero'] = Relationship(back_populates='team')


class HeroBase(SQLModel):
    name: str
    age: int | None = None


class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key='team.id')
    team: Team | None = Relationship(back_populates='heroes')


engine = create_engine('sqlite:///heroes.db')
SQLModel.metadata.create_all(engine)
with Session(engine) as session:
    team = Team(name='one')
    session.add(Hero(name='a', age=3, team=team))
    session.add(Hero.model_validate({'name': 'b', 'team_id': 1}))
    session.commit()
    session.refresh(team)
    print(sorted(team.model_dump().items()), [sorted(hero.model_dump().items(), key=str) for hero in team.heroes])
    print([(h.name, h.team and h.team.name) for h in session.exec(select(Hero).order_by(Hero.name)).all()])
    session.add(Team(name='one'))
    try:
        session.commit()
    except IntegrityError as error:
        print(error.orig)
try:
    HeroBase.model_validate({'age': 'old'})
except ValidationError as error:
    print([(problem['loc'], problem['type']) for problem in error.errors()])
