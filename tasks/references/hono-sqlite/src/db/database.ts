import Sqlite from 'better-sqlite3';
import { Articles } from './articles.js';
import { Comments } from './comments.js';
import { schema } from './schema.js';
import { Users } from './users.js';

export interface Database {
  readonly users: Users;
  readonly articles: Articles;
  readonly comments: Comments;
}

/** Opens the file and makes the tables that are missing. */
export function openDatabase(file: string): Database {
  const connection = new Sqlite(file);
  connection.pragma('foreign_keys = ON');
  connection.exec(schema);
  return {
    users: new Users(connection),
    articles: new Articles(connection),
    comments: new Comments(connection),
  };
}
