import { readSources } from '../../sources.ts';
import { readProject } from '../../syntax/project.ts';
import { checkArchitecture } from '../parser.ts';

/** Layers of an Express submission in which everything runs and every import goes down. */
export const node: Record<string, string> = {
  'run.sh': 'node src/server.js',
  'package.json': '{"type": "module", "imports": {"#services/*": "./src/services/*"}}',
  'src/server.js': "import express from 'express';\nimport './routes/users.js';\nexpress().listen(3000);",
  'src/routes/users.js':
    "import { login } from '../services/users.js';\nimport { notFound } from '../lib/errors.js';\nexport const route = () => login(notFound);",
  'src/services/users.js':
    "import * as users from '../repositories/users.js';\nexport const login = () => users.find();",
  'src/repositories/users.js':
    "import { db } from '../db.js';\nimport { User } from '../models/user.js';\nexport const find = () => new User(db.prepare('SELECT * FROM users').get());",
  'src/models/user.js': 'export class User {}',
  'src/lib/errors.js': 'export const notFound = 404;',
  'src/db.js': "import Database from 'better-sqlite3';\nexport const db = new Database('x.db');",
};

/** The same of Flask. */
export const flask: Record<string, string> = {
  'run.sh': 'python app.py',
  'app.py':
    'from flask import Flask\nfrom routes.users import bp\napp = Flask(__name__)\napp.register_blueprint(bp)\napp.run()\n',
  'routes/__init__.py': '',
  'routes/users.py':
    "from flask import Blueprint\nfrom db import get_db\nfrom services.users import login\nbp = Blueprint('users', __name__)\n\n@bp.post('/users')\ndef create():\n    return login(get_db())\n",
  'services/users.py': 'from repositories.users import find\n\ndef login(db):\n    return find(db)\n',
  'repositories/users.py':
    "from models.user import User\n\ndef find(db):\n    return User(db.execute('SELECT * FROM users').fetchone())\n",
  'models/user.py': 'class User:\n    pass\n',
  'db.py': "import sqlite3\n\ndef get_db():\n    return sqlite3.connect('x.db')\n",
};

/** The rule's result on these files, findings and notes as `file:line:column message`. */
export function check(files: Record<string, string>) {
  const { compliant, findings, notes = [] } = checkArchitecture(readProject(readSources(files)));
  const show = ({ file, line, column, message }: (typeof findings)[number]) =>
    `${file}:${line}:${column} ${message}`;
  return { compliant, findings: findings.map(show), notes: notes.map(show) };
}
