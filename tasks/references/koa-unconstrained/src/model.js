'use strict';

const slugify = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

class User {
  constructor(id, fields) {
    this.id = id;
    this.bio = null;
    this.image = null;
    this.followers = new Set();
    Object.assign(this, fields);
  }

  profileFor(viewer) {
    const { username, bio, image } = this;
    return { username, bio, image, following: this.followers.has(viewer) };
  }
}

class Comment {
  constructor(id, author, body) {
    this.id = id;
    this.author = author;
    this.body = body;
    this.createdAt = new Date();
  }

  viewFor(viewer) {
    const { id, author, body, createdAt } = this;
    return { id, body, createdAt, updatedAt: createdAt, author: author.profileFor(viewer) };
  }
}

class Article {
  fans = new Set();
  comments = [];

  constructor(author, slug, { tagList = [], ...fields }) {
    this.author = author;
    this.slug = slug;
    this.createdAt = new Date();
    this.change({ ...fields, tagList });
  }

  change({ tagList = this.tagList, ...fields }) {
    Object.assign(this, fields, { tagList: [...new Set(tagList)], updatedAt: new Date() });
  }

  /** As it stands in a list: without its body. */
  itemFor(viewer) {
    const { slug, title, description, tagList, createdAt, updatedAt, fans, author } = this;
    return {
      slug,
      title,
      description,
      tagList,
      createdAt,
      updatedAt,
      favorited: fans.has(viewer),
      favoritesCount: fans.size,
      author: author.profileFor(viewer),
    };
  }

  viewFor(viewer) {
    return { ...this.itemFor(viewer), body: this.body };
  }
}

/** All users and articles, in memory. Viewers are users, or undefined for strangers. */
class Conduit {
  #users = [];
  #articles = new Map();
  #lastCommentId = 0;

  userById(id) {
    return this.#users[id - 1];
  }

  userBy(field, value) {
    return this.#users.find((user) => user[field] === value);
  }

  addUser(fields) {
    const user = new User(this.#users.length + 1, fields);
    this.#users.push(user);
    return user;
  }

  article(slug) {
    return this.#articles.get(slug);
  }

  addArticle(author, fields) {
    const article = new Article(author, this.#freeSlug(fields.title), fields);
    this.#articles.set(article.slug, article);
    return article;
  }

  changeArticle(article, fields) {
    const isRenamed = fields.title !== undefined && fields.title !== article.title;
    // Only what is still there gets a slug: it may have been deleted while the request was read.
    if (isRenamed && this.#articles.delete(article.slug)) {
      article.slug = this.#freeSlug(fields.title);
      this.#articles.set(article.slug, article);
    }
    article.change(fields);
  }

  removeArticle(article) {
    this.#articles.delete(article.slug);
  }

  addComment(article, author, body) {
    this.#lastCommentId += 1;
    const comment = new Comment(this.#lastCommentId, author, body);
    article.comments.push(comment);
    return comment;
  }

  /** Those that meet the condition, newest first. */
  articles(condition) {
    return [...this.#articles.values()].filter(condition).sort((a, b) => b.createdAt - a.createdAt);
  }

  tags() {
    return [...new Set([...this.#articles.values()].flatMap((article) => article.tagList))];
  }

  /** `/articles/feed` is the feed: no article may have this slug. */
  #freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || this.#articles.has(slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }
}

module.exports = { Conduit };
