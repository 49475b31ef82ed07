import type { Design } from './design.ts';

/** Bugs about the feed and the list of tags. */
export const feedDesigns: readonly Design[] = [
  {
    id: 'feed-with-own',
    what: 'puts the caller’s own articles into the feed',
    edits: [
      [
        'routes/articles.js',
        'article.author.followers.has(req.user.id)',
        'article.author === req.user || article.author.followers.has(req.user.id)',
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'feed-of-all',
    what: 'puts everybody’s articles into the feed',
    edits: [['routes/articles.js', 'article.author.followers.has(req.user.id)', 'true']],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'feed-of-followers',
    what: 'puts the articles of the caller’s followers into the feed',
    edits: [
      [
        'routes/articles.js',
        'article.author.followers.has(req.user.id)',
        'req.user.followers.has(article.author.id)',
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'feed-of-favorites',
    what: 'puts what the caller has marked into the feed',
    edits: [
      [
        'routes/articles.js',
        'article.author.followers.has(req.user.id)',
        'article.favoritedBy.has(req.user.id) || article.author.followers.has(req.user.id)',
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'feed-of-anybody',
    what: 'puts the articles of everybody who is followed by anybody into the feed',
    edits: [
      [
        'routes/articles.js',
        'article.author.followers.has(req.user.id)',
        'article.author.followers.size > 0',
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'feed-after-slug',
    what: 'takes "feed" for the slug of an article',
    edits: [
      [
        'routes/articles.js',
        "router.get('/feed', requireUser,",
        "router.get('/:slug', loadArticle, answer);\n  router.get('/feed', requireUser,",
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['feed-content'],
  },
  {
    id: 'tags-for-ever',
    what: 'keeps every tag that was ever given',
    edits: [
      ['store.js', '#lastId = 0;', '#lastId = 0;\n  #everyTag = new Set();'],
      [
        'store.js',
        'return [...new Set([...this.#articles.values()].flatMap((article) => article.tagList))];',
        'return [...this.#everyTag];',
      ],
      [
        'store.js',
        'this.#articles.set(article.slug, article);\n    return article;',
        'this.#articles.set(article.slug, article);\n    for (const tag of tagList) this.#everyTag.add(tag);\n    return article;',
      ],
    ],
    endpoints: ['GET /tags'],
    rules: ['tags-in-use', 'article-gone', 'article-change'],
  },
  {
    id: 'tags-at-most-ten',
    what: 'lists the ten first tags only',
    edits: [
      [
        'store.js',
        'flatMap((article) => article.tagList))]',
        'flatMap((article) => article.tagList))].slice(0, 10)',
      ],
    ],
    endpoints: ['GET /tags'],
    rules: ['tags-in-use'],
  },
  {
    id: 'tags-lower-case',
    what: 'lists tags in lower case',
    edits: [
      [
        'store.js',
        'flatMap((article) => article.tagList)',
        'flatMap((article) => article.tagList.map((tag) => tag.toLowerCase()))',
      ],
    ],
    endpoints: ['GET /tags'],
    rules: ['tags-in-use', 'texts'],
  },
  {
    id: 'tags-cached',
    what: 'answers the tags of the first time it was asked',
    edits: [
      [
        'app.js',
        "api.get('/tags', (req, res) => {",
        "let first;\n  api.get('/tags', (req, res) => {\n    first ??= store.tags();",
      ],
      ['app.js', 'res.json({ tags: store.tags() });', 'res.json({ tags: first });'],
    ],
    endpoints: ['GET /tags'],
    rules: ['tags-in-use', 'seen-at-once'],
  },
];
