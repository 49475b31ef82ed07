# install: alembic==1.18.5 sqlalchemy==2.0.58
"""Alembic: its commands, autogeneration, upgrades and downgrades."""

import io
import re
import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect


def run(*words, in_order=True):
    done = subprocess.run([sys.executable, '-m', 'alembic', *words], capture_output=True, text=True)
    shown = done.stdout + ''.join(line + '\n' for line in done.stderr.splitlines() if 'INFO' in line or 'FAILED' in line)
    shown = re.sub(r'/\S*/|[0-9a-f]{12}', 'X', shown)
    print(' '.join(words), done.returncode, shown if in_order else sorted(shown.splitlines()), sep='\n')


run('init', 'migrations', in_order=False)
env = Path('migrations/env.py')
env.write_text(env.read_text().replace('target_metadata = None', 'from tables import metadata as target_metadata'))
ini = Path('alembic.ini')
ini.write_text(re.sub(r'^sqlalchemy.url = .*$', 'sqlalchemy.url = sqlite:///app.db', ini.read_text(), flags=re.M))
Path('tables.py').write_text(
    'from sqlalchemy import *\nmetadata = MetaData()\n'
    "Table('users', metadata, Column('id', Integer, primary_key=True), Column('name', String(20), nullable=False))\n"
)
run('revision', '--autogenerate', '-m', 'first', '--rev-id', 'aaa')
run('upgrade', 'head')
Path('tables.py').write_text(Path('tables.py').read_text() + "Table('posts', metadata, Column('id', Integer, primary_key=True))\n")
run('check')
run('revision', '--autogenerate', '-m', 'second', '--rev-id', 'bbb')
run('upgrade', 'head')
run('current')
run('history')
run('downgrade', '-1')
run('upgrade', 'nowhere')
print(sorted(inspect(create_engine('sqlite:///app.db')).get_table_names()))
output = io.StringIO()
command.upgrade(Config('alembic.ini', output_buffer=output), 'head', sql=True)
print('CREATE TABLE posts' in output.getvalue())
