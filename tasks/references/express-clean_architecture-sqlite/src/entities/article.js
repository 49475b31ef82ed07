'use strict';

/** An article as a viewer sees it: `favorited` is theirs. Times are ISO 8601 texts; `author` is a profile. */
class Article {
  constructor(fields) {
    this.id = fields.id;
    this.slug = fields.slug;
    this.title = fields.title;
    this.description = fields.description;
    this.body = fields.body;
    this.tagList = fields.tagList;
    this.createdAt = fields.createdAt;
    this.updatedAt = fields.updatedAt;
    this.favorited = fields.favorited;
    this.favoritesCount = fields.favoritesCount;
    this.author = fields.author;
  }

  isBy(user) {
    return this.author.id === user.id;
  }
}

module.exports = { Article };
