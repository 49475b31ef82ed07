import { forbidden, missing } from './problem.js';
import { baseOf, slugFrom } from './slugs.js';

export class ArticleService {
  #articles;
  #profiles;
  #unitOfWork;

  constructor({ articles, profiles, unitOfWork }) {
    this.#articles = articles;
    this.#profiles = profiles;
    this.#unitOfWork = unitOfWork;
  }

  async find(slug) {
    const article = await this.#articles.bySlug(slug);
    if (!article) throw missing('article');
    return article;
  }

  async findOwn(slug, user) {
    const article = await this.find(slug);
    if (article.authorId !== user.id) throw forbidden('article');
    return article;
  }

  async list(filters, page, viewer) {
    const { rows, count } = await this.#articles.page(filters, page);
    const shown = await this.#showAll(rows, viewer);
    return { articles: shown.map(({ body, ...item }) => item), articlesCount: count };
  }

  feed(page, viewer) {
    return this.list({ followerId: viewer.id }, page, viewer);
  }

  async show(article, viewer) {
    const [shown] = await this.#showAll([article], viewer);
    return shown;
  }

  async write({ tagList = [], ...fields }, author) {
    const slug = await this.#unitOfWork(async () => {
      const values = { ...fields, slug: await this.#slugFor(fields.title), authorId: author.id };
      const article = await this.#articles.create(values);
      await this.#articles.setTags(article, tagList);
      return article.slug;
    });
    return this.show(await this.find(slug), author);
  }

  async change(slug, { tagList, ...fields }, user) {
    const changed = await this.#unitOfWork(async () => {
      const article = await this.findOwn(slug, user);
      const isRenamed = fields.title !== undefined && fields.title !== article.title;
      const values = isRenamed ? { ...fields, slug: await this.#slugFor(fields.title) } : fields;
      await this.#articles.change(article, values);
      if (tagList !== undefined) await this.#articles.setTags(article, tagList);
      return article.slug;
    });
    return this.show(await this.find(changed), user);
  }

  async remove(slug, user) {
    await this.#unitOfWork(async () => {
      const article = await this.findOwn(slug, user);
      await this.#articles.remove(article);
    });
  }

  async favorite(slug, user) {
    const article = await this.find(slug);
    await this.#unitOfWork(() => this.#articles.favorite(article, user));
    return this.show(article, user);
  }

  async unfavorite(slug, user) {
    const article = await this.find(slug);
    await this.#unitOfWork(() => this.#articles.unfavorite(article, user));
    return this.show(article, user);
  }

  tags() {
    return this.#articles.tagsInUse();
  }

  async #slugFor(title) {
    const base = baseOf(title);
    return slugFrom(base, await this.#articles.slugsThatBegin(base));
  }

  /** Articles as a viewer sees them; the number of queries does not depend on how many they are. */
  async #showAll(articles, viewer) {
    const ids = articles.map(({ id }) => id);
    const authors = articles.map(({ author }) => author);
    const [counts, favorites, profileOf] = await Promise.all([
      this.#articles.favoritesCounts(ids),
      viewer ? this.#articles.favorites(viewer.id, ids) : new Set(),
      this.#profiles.viewOf(authors, viewer),
    ]);
    return articles.map(({ id, slug, title, description, body, tags, createdAt, updatedAt, author }) => ({
      slug,
      title,
      description,
      body,
      tagList: tags.toSorted((a, b) => a.tagging.position - b.tagging.position).map(({ name }) => name),
      createdAt,
      updatedAt,
      favorited: favorites.has(id),
      favoritesCount: counts.get(id) ?? 0,
      author: profileOf(author),
    }));
  }
}
