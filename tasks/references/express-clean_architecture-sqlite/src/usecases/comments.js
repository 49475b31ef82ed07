'use strict';

const { NotAllowed, NotFound } = require('./refusals');

class CommentUseCases {
  #comments;

  constructor(comments) {
    this.#comments = comments;
  }

  list(article, viewer) {
    return this.#comments.list(article.id, viewer);
  }

  write(article, author, body) {
    return this.#comments.add(article.id, author, body);
  }

  remove(article, id, user) {
    const comment = this.#comments.find(article.id, id, user);
    if (comment === undefined) throw new NotFound('comment', 'not found');
    if (!comment.isBy(user)) throw new NotAllowed('comment', 'belongs to somebody else');
    this.#comments.remove(comment.id);
  }
}

module.exports = { CommentUseCases };
