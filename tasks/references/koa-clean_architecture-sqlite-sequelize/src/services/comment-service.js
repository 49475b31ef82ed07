import { forbidden, missing } from './problem.js';

export class CommentService {
  #articles;
  #comments;
  #profiles;
  #unitOfWork;

  constructor({ articles, comments, profiles, unitOfWork }) {
    this.#articles = articles;
    this.#comments = comments;
    this.#profiles = profiles;
    this.#unitOfWork = unitOfWork;
  }

  async list(slug, viewer) {
    const article = await this.#article(slug);
    return this.#showAll(await this.#comments.list(article.id), viewer);
  }

  async write(slug, body, author) {
    const comment = await this.#unitOfWork(async () => {
      const article = await this.#article(slug);
      const { id } = await this.#comments.create({ articleId: article.id, authorId: author.id, body });
      return this.#comments.find(article.id, id);
    });
    const [shown] = await this.#showAll([comment], author);
    return shown;
  }

  async remove(slug, id, user) {
    await this.#unitOfWork(async () => {
      const article = await this.#article(slug);
      const comment = await this.#comments.find(article.id, id);
      if (!comment) throw missing('comment');
      if (comment.authorId !== user.id) throw forbidden('comment');
      await this.#comments.remove(comment);
    });
  }

  async #article(slug) {
    const article = await this.#articles.bySlug(slug);
    if (!article) throw missing('article');
    return article;
  }

  async #showAll(comments, viewer) {
    const profileOf = await this.#profiles.viewOf(
      comments.map(({ author }) => author),
      viewer,
    );
    return comments.map(({ id, body, createdAt, updatedAt, author }) => ({
      id,
      body,
      createdAt,
      updatedAt,
      author: profileOf(author),
    }));
  }
}
