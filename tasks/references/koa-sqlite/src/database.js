import { readFile } from 'node:fs/promises';
import { open } from 'sqlite';
import sqlite3 from 'sqlite3';

/** Opens the file and makes the tables that are missing. */
export async function openDatabase(filename) {
  const database = await open({ filename, driver: sqlite3.Database });
  await database.exec('PRAGMA foreign_keys = ON');
  await database.exec(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
  return database;
}
