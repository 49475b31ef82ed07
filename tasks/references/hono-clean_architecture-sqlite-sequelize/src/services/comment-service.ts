import type { ArticleRepository, StoredArticle } from '../repositories/article-repository.js';
import type { CommentRepository, StoredComment } from '../repositories/comment-repository.js';
import type { Account } from '../repositories/user-repository.js';
import type { Profile, ProfileService, Viewer } from './profile-service.js';
import { forbidden, missing } from './refusal.js';

/** A comment as a viewer sees it. */
export interface CommentView extends Omit<StoredComment, 'author'> {
  readonly author: Profile;
}

export class CommentService {
  readonly #comments: CommentRepository;
  readonly #articles: ArticleRepository;
  readonly #profiles: ProfileService;

  constructor(comments: CommentRepository, articles: ArticleRepository, profiles: ProfileService) {
    this.#comments = comments;
    this.#articles = articles;
    this.#profiles = profiles;
  }

  async findArticle(slug: string): Promise<StoredArticle> {
    const article = await this.#articles.bySlug(slug);
    if (article === undefined) throw missing('article');
    return article;
  }

  async list(slug: string, viewer: Viewer): Promise<CommentView[]> {
    const article = await this.findArticle(slug);
    return this.#showAll(await this.#comments.list(article.id), viewer);
  }

  async write(article: StoredArticle, body: string, author: Account): Promise<CommentView> {
    const comment = await this.#comments.add(article.id, author.id, body);
    const [view] = comment === undefined ? [] : await this.#showAll([comment], author);
    if (view === undefined) throw missing('article');
    return view;
  }

  async remove(slug: string, id: number, user: Account): Promise<void> {
    const article = await this.findArticle(slug);
    const comment = await this.#comments.find(article.id, id);
    if (comment === undefined) throw missing('comment');
    if (comment.author.id !== user.id) throw forbidden('comment');
    await this.#comments.remove(id);
  }

  async #showAll(comments: readonly StoredComment[], viewer: Viewer): Promise<CommentView[]> {
    const authors = comments.map(({ author }) => author);
    const showProfile = await this.#profiles.viewOf(authors, viewer);
    return comments.map(({ id, body, createdAt, updatedAt, author }) => ({
      id,
      body,
      createdAt,
      updatedAt,
      author: showProfile(author),
    }));
  }
}
