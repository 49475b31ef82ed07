'use strict';

const { NotAllowed, NotFound } = require('./refusals');

class CommentUseCases {
  #comments;
  #profiles;

  constructor(comments, profiles) {
    this.#comments = comments;
    this.#profiles = profiles;
  }

  async list(article, viewer) {
    return this.#showAll(await this.#comments.list(article.id), viewer);
  }

  async write(article, author, body) {
    const comment = await this.#comments.add(article.id, author.id, body);
    const [shown] = await this.#showAll([{ ...comment, author }], author);
    return shown;
  }

  async remove(article, id, user) {
    const comment = await this.#comments.find(article.id, id);
    if (comment === undefined) throw new NotFound('comment', 'not found');
    if (comment.author.id !== user.id) throw new NotAllowed('comment', 'belongs to somebody else');
    await this.#comments.remove(comment.id);
  }

  async #showAll(comments, viewer) {
    const profiles = await this.#profiles.showAll(
      comments.map(({ author }) => author),
      viewer,
    );
    return comments.map(({ id, body, createdAt, updatedAt, author }) => ({
      id,
      body,
      createdAt,
      updatedAt,
      author: profiles.get(author.id),
    }));
  }
}

module.exports = { CommentUseCases };
