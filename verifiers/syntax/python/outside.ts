/**
 * Modules that come from outside a submission even where a file of the same name stands beside the one that imports
 * them: of the standard library, and what web backends install. A file at a root of the import path still hides them.
 */
const outside = new Set(
  (
    '__future__ abc argparse array ast asyncio base64 bisect builtins calendar cmath code codecs collections colorsys ' +
    'concurrent configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib email enum ' +
    'errno fnmatch fractions functools gc getpass gettext glob graphlib gzip hashlib heapq hmac html http imaplib ' +
    'importlib inspect io ipaddress itertools json keyword locale logging math mimetypes multiprocessing numbers ' +
    'operator os pathlib pickle pkgutil platform pprint profile queue random re resource runpy sched secrets select ' +
    'selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string struct ' +
    'subprocess symtable sys sysconfig tempfile test textwrap threading time timeit token tokenize traceback types ' +
    'typing unicodedata unittest urllib uuid warnings weakref wsgiref xml zipfile zlib zoneinfo ' +
    'aiohttp aiosqlite alembic anyio argon2 asgiref asyncpg attr attrs bcrypt celery click cryptography databases ' +
    'decouple django dotenv email_validator environ environs fastapi flask flask_cors flask_jwt_extended flask_migrate ' +
    'flask_sqlalchemy gunicorn httpx hypercorn itsdangerous jinja2 jose jsonschema jwt markdown marshmallow orjson ' +
    'passlib peewee pony psycopg psycopg2 pydantic pydantic_settings pymongo pymysql pytest redis requests ' +
    'rest_framework slugify sqlalchemy sqlmodel starlette structlog tortoise ujson uvicorn uvloop werkzeug yaml'
  ).split(' '),
);

export function isOutside(module: string): boolean {
  return outside.has(module);
}
