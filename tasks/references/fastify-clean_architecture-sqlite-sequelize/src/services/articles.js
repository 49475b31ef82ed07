import { Forbidden, NotFound } from './errors.js';
import { slugFor } from './slugs.js';

/** A viewer is a user, or null for a stranger. */
export function createArticleService({ articles, profiles }) {
  async function require(slug) {
    const article = await articles.bySlug(slug);
    if (!article) throw new NotFound('article');
    return article;
  }

  async function requireOwn(slug, user) {
    const article = await require(slug);
    if (article.authorId !== user.id) throw new Forbidden('article');
    return article;
  }

  /** Articles as a viewer sees them: three questions, however many they are. */
  async function show(found, viewer) {
    const ids = found.map(({ id }) => id);
    const [counts, marked, shown] = await Promise.all([
      articles.favoritesCounts(ids),
      viewer ? articles.favoritesAmong(viewer.id, ids) : new Set(),
      profiles.withProfiles(found, viewer),
    ]);
    return shown.map((article) => ({
      ...article,
      favorited: marked.has(article.id),
      favoritesCount: counts.get(article.id) ?? 0,
    }));
  }

  async function showById(id, viewer) {
    const article = await articles.byId(id);
    if (!article) throw new NotFound('article');
    const [shown] = await show([article], viewer);
    return shown;
  }

  async function page(filters, window, viewer) {
    const found = await articles.page(filters, window);
    return { ...found, articles: await show(found.articles, viewer) };
  }

  return {
    requireOwn,
    tags: () => articles.tags(),
    list: ({ tag, author, favorited }, window, viewer) => page({ tag, author, favorited }, window, viewer),
    feed: (window, viewer) => page({ follower: viewer.id }, window, viewer),

    async view(slug, viewer) {
      const [article] = await show([await require(slug)], viewer);
      return article;
    },

    async write(author, { title, description, body, tagList }) {
      const fields = { title, description, body, tagList, authorId: author.id };
      const id = await articles.add(fields, slugFor(title));
      return showById(id, author);
    },

    /** @param article what `requireOwn` has given */
    async change(article, { title, description, body, tagList }, viewer) {
      const isRenamed = title !== undefined && title !== article.title;
      await articles.change(
        article.id,
        { title, description, body, tagList },
        isRenamed ? slugFor(title) : undefined,
      );
      return showById(article.id, viewer);
    },

    async remove(slug, user) {
      const article = await requireOwn(slug, user);
      await articles.remove(article.id);
    },

    async favorite(slug, user) {
      const { id } = await require(slug);
      await articles.favorite(id, user.id);
      return showById(id, user);
    },

    async unfavorite(slug, user) {
      const { id } = await require(slug);
      await articles.unfavorite(id, user.id);
      return showById(id, user);
    },
  };
}
