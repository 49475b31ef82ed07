import type { Design } from './design.ts';

/** Bugs about marks, and about what is left of a deleted article. */
export const markDesigns: readonly Design[] = [
  {
    id: 'favorite-counted-per-request',
    what: 'counts how often an article was marked, not by how many',
    edits: [
      [
        'routes/articles.js',
        'req.article.favoritedBy.add(req.user.id);',
        'req.article.favoritedBy.add(req.user.id);\n    req.article.marks = (req.article.marks ?? 0) + 1;',
      ],
      [
        'routes/articles.js',
        'req.article.favoritedBy.delete(req.user.id);',
        'req.article.favoritedBy.delete(req.user.id);\n    req.article.marks = (req.article.marks ?? 0) - 1;',
      ],
      ['views.js', 'favoritesCount: favoritedBy.size', 'favoritesCount: article.marks ?? 0'],
    ],
    endpoints: ['POST /articles/{slug}/favorite', 'DELETE /articles/{slug}/favorite'],
    rules: ['favorite-once', 'unfavorite-any', 'favorites-count'],
  },
  {
    id: 'favorite-toggles',
    what: 'takes the mark away when an article is marked twice',
    edits: [
      [
        'routes/articles.js',
        'req.article.favoritedBy.add(req.user.id);',
        'if (!req.article.favoritedBy.delete(req.user.id)) req.article.favoritedBy.add(req.user.id);',
      ],
    ],
    endpoints: ['POST /articles/{slug}/favorite'],
    rules: ['favorite-once'],
  },
  {
    id: 'favorite-own-refused',
    what: 'refuses to mark one’s own article',
    edits: [
      [
        'routes/articles.js',
        'req.article.favoritedBy.add(req.user.id);',
        "if (req.article.author === req.user) throw forbidden('article');\n    req.article.favoritedBy.add(req.user.id);",
      ],
    ],
    endpoints: ['POST /articles/{slug}/favorite'],
    rules: ['favorite-own'],
  },
  {
    id: 'favorited-by-all',
    what: 'says that the caller has marked what anybody has marked',
    edits: [['views.js', 'viewer !== undefined && favoritedBy.has(viewer.id)', 'favoritedBy.size > 0']],
    endpoints: ['GET /articles/{slug}', 'GET /articles', 'GET /articles/feed'],
    rules: ['favorited-caller'],
  },
  {
    id: 'favorite-lost-update',
    what: 'reads who has marked an article, waits, and writes them back',
    edits: [
      [
        'routes/articles.js',
        "router.post('/:slug/favorite', requireUser, loadArticle, (req, res) => {",
        "router.post('/:slug/favorite', requireUser, loadArticle, async (req, res) => {",
      ],
      [
        'routes/articles.js',
        'req.article.favoritedBy.add(req.user.id);',
        'const fans = new Set(req.article.favoritedBy).add(req.user.id);\n    await new Promise((done) => setTimeout(done, 5));\n    req.article.favoritedBy = fans;',
      ],
    ],
    endpoints: ['POST /articles/{slug}/favorite', 'GET /articles/{slug}'],
    rules: ['concurrency', 'favorites-count'],
  },
  {
    id: 'unfavorite-all',
    what: 'takes everybody’s marks away',
    edits: [
      [
        'routes/articles.js',
        'req.article.favoritedBy.delete(req.user.id);',
        'req.article.favoritedBy.clear();',
      ],
    ],
    endpoints: ['DELETE /articles/{slug}/favorite'],
    rules: ['favorites-count', 'favorited-caller'],
  },
  {
    id: 'deleted-in-lists',
    what: 'leaves deleted articles in lists and feeds',
    edits: [
      ['store.js', '    this.#articles.delete(article.slug);\n  }', '    article.gone = true;\n  }'],
      [
        'store.js',
        'return this.#articles.get(slug);',
        'const found = this.#articles.get(slug);\n    return found?.gone ? undefined : found;',
      ],
    ],
    endpoints: ['DELETE /articles/{slug}', 'GET /articles', 'GET /articles/feed'],
    rules: ['article-gone'],
  },
  {
    id: 'deleted-in-tags',
    what: 'leaves the tags of deleted articles in the list of tags',
    edits: [
      ['store.js', '    this.#articles.delete(article.slug);\n  }', '    article.gone = true;\n  }'],
      [
        'store.js',
        'return this.#articles.get(slug);',
        'const found = this.#articles.get(slug);\n    return found?.gone ? undefined : found;',
      ],
      ['store.js', '.filter(condition)', '.filter((article) => !article.gone && condition(article))'],
    ],
    endpoints: ['GET /tags'],
    rules: ['article-gone', 'tags-in-use'],
  },
  {
    id: 'delete-answers-article',
    what: 'answers 200 and an empty object to a deletion',
    edits: [['routes/articles.js', 'res.status(204).end();', 'res.json({});']],
    endpoints: ['DELETE /articles/{slug}'],
    rules: [],
  },
  {
    id: 'delete-not-own-ignored',
    what: 'answers 204 to the deletion of somebody else’s article, and leaves it',
    edits: [
      [
        'routes/articles.js',
        "router.delete('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {\n    store.deleteArticle(req.article);",
        "router.delete('/:slug', requireUser, loadArticle, (req, res) => {\n    if (req.article.author === req.user) store.deleteArticle(req.article);",
      ],
    ],
    endpoints: ['DELETE /articles/{slug}'],
    rules: ['article-own'],
  },
];
