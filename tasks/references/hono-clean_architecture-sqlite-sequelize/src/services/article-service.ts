import type {
  ArticleFields,
  ArticleRepository,
  Filters,
  Page,
  StoredArticle,
} from '../repositories/article-repository.js';
import type { FavoriteRepository } from '../repositories/favorite-repository.js';
import type { Account } from '../repositories/user-repository.js';
import type { Profile, ProfileService, Viewer } from './profile-service.js';
import { forbidden, missing } from './refusal.js';
import { slugFor } from './slugs.js';

/** An article as a viewer sees it. */
export interface ArticleView extends Omit<StoredArticle, 'id' | 'author'> {
  readonly favorited: boolean;
  readonly favoritesCount: number;
  readonly author: Profile;
}

export class ArticleService {
  readonly #articles: ArticleRepository;
  readonly #favorites: FavoriteRepository;
  readonly #profiles: ProfileService;

  constructor(articles: ArticleRepository, favorites: FavoriteRepository, profiles: ProfileService) {
    this.#articles = articles;
    this.#favorites = favorites;
    this.#profiles = profiles;
  }

  async find(slug: string): Promise<StoredArticle> {
    const article = await this.#articles.bySlug(slug);
    if (article === undefined) throw missing('article');
    return article;
  }

  async findOwn(slug: string, user: Account): Promise<StoredArticle> {
    const article = await this.find(slug);
    if (article.author.id !== user.id) throw forbidden('article');
    return article;
  }

  async show(article: StoredArticle, viewer: Viewer): Promise<ArticleView> {
    return (await this.#viewOf([article], viewer))(article);
  }

  async list(filters: Filters, page: Page, viewer: Viewer) {
    const { rows, count } = await this.#articles.page(filters, page);
    const show = await this.#viewOf(rows, viewer);
    const articles = rows.map((row) => {
      const { body, ...item } = show(row);
      return item;
    });
    return { articles, articlesCount: count };
  }

  feed(page: Page, viewer: Account) {
    return this.list({ followerId: viewer.id }, page, viewer);
  }

  async write(fields: ArticleFields, author: Account): Promise<ArticleView> {
    return this.#showNow(await this.#articles.add(author.id, fields, slugFor(fields.title)), author);
  }

  async change(article: StoredArticle, changes: Partial<ArticleFields>, user: Account): Promise<ArticleView> {
    const { title } = changes;
    const slug = title === undefined || title === article.title ? undefined : slugFor(title);
    await this.#articles.change(article.id, changes, slug);
    return this.#showNow(article.id, user);
  }

  remove(article: StoredArticle): Promise<void> {
    return this.#articles.remove(article.id);
  }

  async favorite(slug: string, user: Account): Promise<ArticleView> {
    const { id } = await this.find(slug);
    await this.#favorites.add(id, user.id);
    return this.#showNow(id, user);
  }

  async unfavorite(slug: string, user: Account): Promise<ArticleView> {
    const { id } = await this.find(slug);
    await this.#favorites.remove(id, user.id);
    return this.#showNow(id, user);
  }

  tags(): Promise<string[]> {
    return this.#articles.tags();
  }

  /** As it is after a change; somebody may have deleted it meanwhile. */
  async #showNow(id: number, viewer: Account): Promise<ArticleView> {
    const article = await this.#articles.byId(id);
    if (article === undefined) throw missing('article');
    return this.show(article, viewer);
  }

  /** What shows any of these articles to a viewer: three questions, however many they are. */
  async #viewOf(
    articles: readonly StoredArticle[],
    viewer: Viewer,
  ): Promise<(article: StoredArticle) => ArticleView> {
    const ids = articles.map(({ id }) => id);
    const authors = articles.map(({ author }) => author);
    const [counts, marked, showProfile] = await Promise.all([
      this.#favorites.counts(ids),
      viewer && this.#favorites.markedAmong(viewer.id, ids),
      this.#profiles.viewOf(authors, viewer),
    ]);
    return ({ id, slug, title, description, body, tagList, createdAt, updatedAt, author }) => ({
      slug,
      title,
      description,
      body,
      tagList,
      createdAt,
      updatedAt,
      favorited: marked?.has(id) ?? false,
      favoritesCount: counts.get(id) ?? 0,
      author: showProfile(author),
    });
  }
}
