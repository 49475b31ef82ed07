'use strict';

/** Each is applied once; `user_version` of the file counts them. Add new ones at the end. */
const migrations = [
  `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    bio TEXT,
    image TEXT
  );
  CREATE TABLE follows (
    follower_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    followed_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (follower_id, followed_id)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    body TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX articles_author ON articles (author_id);
  CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
  ) WITHOUT ROWID;
  CREATE INDEX article_tags_tag ON article_tags (tag, article_id);
  CREATE TABLE favorites (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (article_id, user_id)
  ) WITHOUT ROWID;
  CREATE VIEW article_views AS
    SELECT a.*, u.username, u.bio, u.image,
      (SELECT count(*) FROM favorites f WHERE f.article_id = a.id) AS favorites_count,
      (SELECT json_group_array(t.tag ORDER BY t.position) FROM article_tags t WHERE t.article_id = a.id) AS tags
    FROM articles a JOIN users u ON u.id = a.author_id;
  `,
  `
  CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
  );
  CREATE INDEX comments_article ON comments (article_id);
  `,
];

function migrate(database) {
  const applied = database.pragma('user_version', { simple: true });
  const apply = database.transaction((sql, version) => {
    database.exec(sql);
    database.pragma(`user_version = ${version}`);
  });
  for (let at = applied; at < migrations.length; at += 1) apply(migrations[at], at + 1);
}

module.exports = { migrate };
