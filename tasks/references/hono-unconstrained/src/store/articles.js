const slugify = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

export function createArticles() {
  const articles = new Map();
  let lastId = 0;

  const bySlug = (slug) => [...articles.values()].find((article) => article.slug === slug);

  /** `/articles/feed` is the feed: no article may have this slug. */
  function freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || bySlug(slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }

  return {
    bySlug,

    add(authorId, { title, description, body, tagList }) {
      lastId += 1;
      const now = new Date();
      const article = {
        id: lastId,
        slug: freeSlug(title),
        title,
        description,
        body,
        tagList: [...new Set(tagList)],
        createdAt: now,
        updatedAt: now,
        authorId,
      };
      articles.set(article.id, article);
      return article;
    },

    /** Undefined when the article was deleted while the request was read. */
    change(id, changes) {
      const old = articles.get(id);
      if (!old) return undefined;
      const article = { ...old, ...changes, updatedAt: new Date() };
      if (article.title !== old.title) article.slug = freeSlug(article.title);
      article.tagList = [...new Set(article.tagList)];
      articles.set(id, article);
      return article;
    },

    remove: (id) => articles.delete(id),

    /** Newest first. */
    list: (accepts) => [...articles.values()].filter(accepts).reverse(),

    tags: () => [...new Set([...articles.values()].flatMap(({ tagList }) => tagList))],
  };
}
