/**
 * A submission of many files, half Python and half TypeScript, in the size that people and models write: what the
 * verifiers' speed is measured on. One entity has four Python and four TypeScript files, one of each layer.
 * @param count how many code files, beside the entry files
 */
export function largeSubmission(count: number): Record<string, string> {
  const entities = Array.from({ length: Math.ceil(count / 8) }, (_, i) => `item${i}`);
  const files: Record<string, string> = {
    'run.sh':
      '#!/bin/sh\nset -e\nexport NODE_ENV=production\nnpx tsx src/server.ts &\nexec uvicorn app.main:app --port 8080\n',
    'requirements.txt': 'fastapi\nsqlalchemy\nuvicorn\n',
    'package.json':
      '{"type": "module", "dependencies": {"express": "^5", "sequelize": "^6", "sqlite3": "^5", "tsx": "^4"}}',
    'app/__init__.py': '',
    'app/main.py': pythonMain(entities),
    'app/db.py': pythonDatabase,
    'src/server.ts': scriptMain(entities),
    'src/db.ts': scriptDatabase,
  };
  for (const name of entities) {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    files[`app/models/${name}.py`] = pythonModel(name, title);
    files[`app/repositories/${name}.py`] = pythonRepository(name, title);
    files[`app/services/${name}.py`] = pythonService(name, title);
    files[`app/routes/${name}.py`] = pythonRoute(name, title);
    files[`src/models/${name}.ts`] = scriptModel(name, title);
    files[`src/repositories/${name}.ts`] = scriptRepository(name, title);
    files[`src/services/${name}.ts`] = scriptService(name, title);
    files[`src/routes/${name}.ts`] = scriptRoute(name, title);
  }
  return files;
}

const fields = ['slug', 'title', 'summary', 'body', 'state', 'owner', 'color', 'place'];
const each = (line: (field: string) => string) => fields.map(line).join('\n');

const pythonDatabase = `import os

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, sessionmaker

URL = os.environ.get("DATABASE_URL", "sqlite:///./data.db")
engine = create_engine(URL, connect_args={"check_same_thread": False})
Session = sessionmaker(bind=engine, expire_on_commit=False)


class Base(DeclarativeBase):
    """All tables."""


def get_session():
    with Session() as session:
        yield session
`;

const pythonMain = (names: readonly string[]) => `from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.db import Base, engine
${names.map((name) => `from app.routes import ${name}`).join('\n')}


@asynccontextmanager
async def lifespan(app: FastAPI):
    Base.metadata.create_all(engine)
    yield


app = FastAPI(lifespan=lifespan)
${names.map((name) => `app.include_router(${name}.router, prefix="/api")`).join('\n')}
`;

const pythonModel = (name: string, title: string) => `from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import DateTime, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base


class ${title}(Base):
    __tablename__ = "${name}s"

    id: Mapped[int] = mapped_column(primary_key=True)
${each((field) => `    ${field}: Mapped[str] = mapped_column(String(200), default="", index=True)`)}
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(timezone.utc))

    def to_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
${each((field) => `            "${field}": self.${field},`)}
            "createdAt": self.created_at.isoformat().replace("+00:00", "Z"),
        }

    def __repr__(self) -> str:
        return f"<${title} {self.id}: {self.slug!r} of {self.owner or 'nobody'}>"
`;

const pythonRepository = (name: string, title: string) => `from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.${name} import ${title}


class ${title}Repository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(${title})) or 0

    def find(self, limit: int = 20, offset: int = 0) -> list[${title}]:
        query = select(${title}).order_by(${title}.created_at.desc()).limit(limit).offset(offset)
        return list(self.session.scalars(query))
${each(
  (field) => `
    def by_${field}(self, value: str) -> ${title} | None:
        if not value:
            return None
        return self.session.scalar(select(${title}).where(${title}.${field} == value.strip().lower()))`,
)}

    def add(self, values: dict[str, str]) -> ${title}:
        item = ${title}(**{key: value for key, value in values.items() if value is not None})
        self.session.add(item)
        self.session.commit()
        return item

    def remove(self, item_id: int) -> bool:
        result = self.session.execute(delete(${title}).where(${title}.id == item_id))
        self.session.commit()
        return result.rowcount > 0
`;

const pythonService = (name: string, title: string) => `import re

from app.models.${name} import ${title}
from app.repositories.${name} import ${title}Repository


class NotFound(Exception):
    """There is no such thing."""


def slugify(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "${name}"


class ${title}Service:
    def __init__(self, repository: ${title}Repository) -> None:
        self.repository = repository

    def list(self, limit: int, offset: int) -> dict[str, object]:
        found = self.repository.find(limit=min(max(limit, 1), 100), offset=max(offset, 0))
        return {"${name}s": [item.to_dict() for item in found], "count": self.repository.count()}

    def get(self, slug: str) -> ${title}:
        item = self.repository.by_slug(slug)
        if item is None:
            raise NotFound(slug)
        return item

    def create(self, values: dict[str, str]) -> ${title}:
        errors: dict[str, list[str]] = {}
${each((field) => `        if len(values.get("${field}") or "") > 200:\n            errors.setdefault("${field}", []).append("is too long")`)}
        if errors:
            raise ValueError(errors)
        return self.repository.add({**values, "slug": slugify(values.get("title", ""))})

    def remove(self, slug: str) -> None:
        if not self.repository.remove(self.get(slug).id):
            raise NotFound(slug)
`;

const pythonRoute = (name: string, title: string) => `from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

from app.db import get_session
from app.repositories.${name} import ${title}Repository
from app.services.${name} import NotFound, ${title}Service

router = APIRouter(tags=["${name}s"])


class ${title}Body(BaseModel):
${each((field) => `    ${field}: str | None = None`)}


def service(session=Depends(get_session)) -> ${title}Service:
    return ${title}Service(${title}Repository(session))


@router.get("/${name}s")
def list_${name}s(limit: int = 20, offset: int = 0, items: ${title}Service = Depends(service)):
    return items.list(limit, offset)


@router.get("/${name}s/{slug}")
def get_${name}(slug: str, items: ${title}Service = Depends(service)):
    try:
        return {"${name}": items.get(slug).to_dict()}
    except NotFound as error:
        raise HTTPException(404, detail=f"no ${name} {error}") from error


@router.post("/${name}s", status_code=201)
def create_${name}(body: ${title}Body, items: ${title}Service = Depends(service)):
    return {"${name}": items.create(body.model_dump(exclude_unset=True)).to_dict()}


@router.delete("/${name}s/{slug}", status_code=204)
def delete_${name}(slug: str, items: ${title}Service = Depends(service)) -> None:
    items.remove(slug)
`;

const scriptDatabase = `import { Sequelize } from 'sequelize';

const storage = process.env.DATABASE_FILE ?? './node.db';

export const sequelize = new Sequelize({ dialect: 'sqlite', storage, logging: false });
`;

const scriptMain = (names: readonly string[]) => `import express from 'express';
import { sequelize } from './db.js';
${names.map((name) => `import { ${name}Router } from './routes/${name}.js';`).join('\n')}

const app = express();
app.use(express.json());
${names.map((name) => `app.use('/api/${name}s', ${name}Router);`).join('\n')}

await sequelize.sync();
app.listen(Number(process.env.PORT ?? 3000), () => console.log('listening'));
`;

const scriptModel = (
  name: string,
  title: string,
) => `import { DataTypes, Model, type Optional } from 'sequelize';
import { sequelize } from '../db.js';

export interface ${title}Attributes {
  id: number;
${each((field) => `  ${field}: string;`)}
}

export class ${title} extends Model<${title}Attributes, Optional<${title}Attributes, 'id'>> {
  declare id: number;
${each((field) => `  declare ${field}: string;`)}

  toResponse(): Record<string, unknown> {
    return { id: this.id, ${fields.map((field) => `${field}: this.${field}`).join(', ')} };
  }
}

${title}.init(
  {
    id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
${each((field) => `    ${field}: { type: DataTypes.STRING(200), allowNull: false, defaultValue: '' },`)}
  },
  { sequelize, tableName: '${name}s', underscored: true },
);
`;

const scriptRepository = (
  name: string,
  title: string,
) => `import { ${title}, type ${title}Attributes } from '../models/${name}.js';

export type New${title} = Omit<${title}Attributes, 'id'>;

export class ${title}Repository {
  async find(limit = 20, offset = 0): Promise<${title}[]> {
    return ${title}.findAll({ limit, offset, order: [['id', 'DESC']] });
  }

  async count(): Promise<number> {
    return ${title}.count();
  }
${each(
  (field) => `
  async by${field}(value: string): Promise<${title} | null> {
    if (value === '') return null;
    return ${title}.findOne({ where: { ${field}: value.trim().toLowerCase() } });
  }`,
)}

  async add(values: New${title}): Promise<${title}> {
    return ${title}.create({ ...values });
  }

  async remove(id: number): Promise<boolean> {
    return (await ${title}.destroy({ where: { id } })) > 0;
  }
}
`;

const scriptService = (name: string, title: string) => `import type { ${title} } from '../models/${name}.js';
import { ${title}Repository, type New${title} } from '../repositories/${name}.js';

export class NotFound extends Error {}

const slugify = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || '${name}';

export class ${title}Service {
  constructor(private readonly repository = new ${title}Repository()) {}

  async list(limit: number, offset: number): Promise<{ items: unknown[]; count: number }> {
    const found = await this.repository.find(Math.min(Math.max(limit, 1), 100), Math.max(offset, 0));
    return { items: found.map((item) => item.toResponse()), count: await this.repository.count() };
  }

  async get(slug: string): Promise<${title}> {
    const item = await this.repository.byslug(slug);
    if (item === null) throw new NotFound(\`no ${name} \${slug}\`);
    return item;
  }

  async create(values: New${title}): Promise<${title}> {
    const errors: Record<string, string[]> = {};
${each((field) => `    if (values.${field}.length > 200) errors.${field} = ['is too long'];`)}
    if (Object.keys(errors).length > 0) throw new RangeError(JSON.stringify(errors));
    return this.repository.add({ ...values, slug: slugify(values.title) });
  }

  async remove(slug: string): Promise<void> {
    const { id } = await this.get(slug);
    if (!(await this.repository.remove(id))) throw new NotFound(slug);
  }
}
`;

const scriptRoute = (
  name: string,
  title: string,
) => `import { Router, type NextFunction, type Request, type Response } from 'express';
import { NotFound, ${title}Service } from '../services/${name}.js';

export const ${name}Router = Router();
const service = new ${title}Service();

type Handler = (request: Request, response: Response) => Promise<unknown>;

const handle =
  (run: Handler) =>
  (request: Request, response: Response, next: NextFunction): void => {
    run(request, response).catch((error: unknown) => {
      if (error instanceof NotFound) response.status(404).json({ errors: { body: [error.message] } });
      else next(error);
    });
  };

${name}Router.get(
  '/',
  handle(async (request, response) => {
    const { limit = '20', offset = '0' } = request.query as Record<string, string>;
    response.json(await service.list(Number(limit), Number(offset)));
  }),
);

${name}Router.get(
  '/:slug',
  handle(async (request, response) => {
    const item = await service.get(request.params.slug ?? '');
    response.json({ ${name}: item.toResponse() });
  }),
);

${name}Router.post(
  '/',
  handle(async (request, response) => {
    const item = await service.create({ ${fields.map((field) => `${field}: request.body.${field} ?? ''`).join(', ')} });
    response.status(201).json({ ${name}: item.toResponse() });
  }),
);

${name}Router.delete(
  '/:slug',
  handle(async (request, response) => {
    await service.remove(request.params.slug ?? '');
    response.status(204).end();
  }),
);
`;
