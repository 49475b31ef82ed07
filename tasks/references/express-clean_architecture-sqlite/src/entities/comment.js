'use strict';

/** A comment on an article. Times are ISO 8601 texts; `author` is a profile. */
class Comment {
  constructor({ id, body, createdAt, updatedAt, author }) {
    this.id = id;
    this.body = body;
    this.createdAt = createdAt;
    this.updatedAt = updatedAt;
    this.author = author;
  }

  isBy(user) {
    return this.author.id === user.id;
  }
}

module.exports = { Comment };
