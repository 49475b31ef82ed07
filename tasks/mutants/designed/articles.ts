import type { Design } from './design.ts';

/** Bugs about single articles: slugs, times, tags, changes. */
export const articleDesigns: readonly Design[] = [
  {
    id: 'slug-from-title-only',
    what: 'gives two articles of one title the same slug; the second takes the place of the first',
    edits: [
      [
        'store.js',
        "for (let n = 2; slug === 'feed' || this.#articles.has(slug); n += 1) slug = `${base}-${n}`;",
        '',
      ],
    ],
    endpoints: ['POST /articles'],
    rules: ['slug-unique'],
  },
  {
    id: 'slug-title-taken',
    what: 'refuses a title that another article has',
    edits: [
      [
        'store.js',
        "for (let n = 2; slug === 'feed' || this.#articles.has(slug); n += 1) slug = `${base}-${n}`;",
        "if (this.#articles.has(slug)) throw invalid({ title: ['is taken'] });",
      ],
      ['store.js', 'const slugify', "import { invalid } from './errors.js';\n\nconst slugify"],
    ],
    endpoints: ['POST /articles'],
    rules: ['slug-unique'],
  },
  {
    id: 'slug-race',
    what: 'looks for a free slug, waits a turn, and then takes it',
    edits: [
      ['store.js', '  addArticle(author, {', '  async addArticle(author, {'],
      [
        'store.js',
        '    this.#articles.set(article.slug, article);\n    return article;',
        '    await new Promise((done) => setTimeout(done, 5));\n    this.#articles.set(article.slug, article);\n    return article;',
      ],
      [
        'routes/articles.js',
        "router.post('/', requireUser, (req, res) => {",
        "router.post('/', requireUser, async (req, res) => {",
      ],
      [
        'routes/articles.js',
        'store.addArticle(req.user, fields)',
        'await store.addArticle(req.user, fields)',
      ],
    ],
    endpoints: ['POST /articles'],
    rules: ['slug-unique', 'concurrency'],
  },
  {
    id: 'slug-kept',
    what: 'keeps the slug when the title changes',
    edits: [['store.js', 'article.slug = this.#freeSlug(title);', ';']],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['slug-change'],
  },
  {
    id: 'slug-old-found',
    what: 'finds an article under its old slug, too',
    edits: [['store.js', '    this.#articles.delete(article.slug);\n    if (title', '    ;\n    if (title']],
    endpoints: ['GET /articles/{slug}', 'GET /articles'],
    rules: ['slug-change'],
  },
  {
    id: 'slug-case',
    what: 'finds articles by slug without regard to case',
    edits: [
      ['store.js', 'return this.#articles.get(slug);', 'return this.#articles.get(slug.toLowerCase());'],
    ],
    endpoints: ['GET /articles/{slug}'],
    rules: ['exact-match', 'article-found'],
  },
  {
    id: 'updated-at-kept',
    what: 'does not move updatedAt',
    edits: [
      [
        'store.js',
        'Object.assign(article, changes, { updatedAt: new Date() });',
        'Object.assign(article, changes, {  });',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['updated-at'],
  },
  {
    id: 'created-at-moves',
    what: 'moves createdAt, too',
    edits: [['store.js', '{ updatedAt: new Date() }', '{ createdAt: new Date(), updatedAt: new Date() }']],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['created-at'],
  },
  {
    id: 'created-at-of-the-answer',
    what: 'answers the present time as createdAt',
    edits: [
      [
        'views.js',
        '    createdAt,\n    updatedAt,\n    favorited',
        '    createdAt: new Date(),\n    updatedAt,\n    favorited',
      ],
    ],
    endpoints: ['GET /articles/{slug}', 'GET /articles', 'PUT /articles/{slug}'],
    rules: ['created-at', 'updated-at'],
  },
  {
    id: 'times-in-seconds',
    what: 'answers the times of articles to the second',
    edits: [
      [
        'views.js',
        '    createdAt,\n    updatedAt,\n    favorited',
        "    createdAt: createdAt.toISOString().slice(0, 19) + 'Z',\n    updatedAt: updatedAt.toISOString().slice(0, 19) + 'Z',\n    favorited",
      ],
    ],
    endpoints: ['POST /articles', 'GET /articles/{slug}', 'GET /articles'],
    rules: ['times', 'updated-at'],
  },
  {
    id: 'times-without-offset',
    what: 'answers the times of articles without an offset',
    edits: [
      [
        'views.js',
        '    createdAt,\n    updatedAt,\n    favorited',
        '    createdAt: createdAt.toISOString().slice(0, -1),\n    updatedAt: updatedAt.toISOString().slice(0, -1),\n    favorited',
      ],
    ],
    endpoints: ['POST /articles', 'GET /articles/{slug}', 'GET /articles'],
    rules: ['times'],
  },
  {
    id: 'tags-sorted',
    what: 'sorts the tags of an article',
    edits: [['store.js', 'tagList: [...new Set(tagList)]', 'tagList: [...new Set(tagList)].sort()']],
    endpoints: ['POST /articles', 'GET /articles/{slug}'],
    rules: ['tags-given'],
  },
  {
    id: 'tags-trimmed',
    what: 'turns spaces in tags into hyphens',
    edits: [
      [
        'store.js',
        'tagList: [...new Set(tagList)]',
        "tagList: [...new Set(tagList.map((tag) => tag.replaceAll(' ', '-')))]",
      ],
    ],
    endpoints: ['POST /articles', 'GET /articles/{slug}'],
    rules: ['tags-given', 'texts'],
  },
  {
    id: 'tags-added',
    what: 'adds the tags of a change to those that are there',
    edits: [
      [
        'store.js',
        'Object.assign(article, changes, {',
        'Object.assign(article, changes, changes.tagList && { tagList: [...new Set([...article.tagList, ...changes.tagList])] }, {',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'tags-not-changed',
    what: 'does not change tags',
    edits: [
      [
        'store.js',
        'Object.assign(article, changes, {',
        'Object.assign(article, changes, { tagList: article.tagList }, {',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'tags-lost',
    what: 'loses the tags in a change that leaves them out',
    edits: [
      ['store.js', 'Object.assign(article, changes, {', 'Object.assign(article, { tagList: [] }, changes, {'],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'tags-empty-ignored',
    what: 'takes an empty list of tags in a change for none given',
    edits: [
      [
        'store.js',
        'const { title } = changes;',
        'const { title } = changes;\n    if (changes.tagList?.length === 0) delete changes.tagList;',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'body-lost',
    what: 'empties the body in a change that leaves it out',
    edits: [
      ['store.js', 'Object.assign(article, changes, {', "Object.assign(article, { body: '' }, changes, {"],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'article-change-stale',
    what: 'answers a change of an article with the values from before',
    edits: [
      [
        'routes/articles.js',
        'store.updateArticle(req.article, changes);\n    answer(req, res);',
        'const before = showArticle(req.article, req.user);\n    store.updateArticle(req.article, changes);\n    res.json(before);',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['article-change'],
  },
  {
    id: 'article-change-not-kept',
    what: 'answers a change of an article, and does not keep it',
    edits: [
      [
        'routes/articles.js',
        'store.updateArticle(req.article, changes);\n    answer(req, res);',
        'req.article = { ...req.article, ...changes, updatedAt: new Date() };\n    answer(req, res);',
      ],
    ],
    endpoints: ['PUT /articles/{slug}', 'GET /articles/{slug}'],
    rules: ['article-change', 'slug-change'],
  },
  {
    id: 'article-change-not-validated',
    what: 'checks titles, descriptions and bodies of new articles only',
    edits: [
      [
        'routes/articles.js',
        "{ optional: ['title', 'description', 'body'], lists",
        "{ nullable: ['title', 'description', 'body'], lists",
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['text-blank', 'text-type'],
  },
  {
    id: 'article-change-takes-all',
    what: 'takes whatever a change brings: slug, times, count of marks',
    edits: [
      [
        'routes/articles.js',
        'store.updateArticle(req.article, changes);',
        'store.updateArticle(req.article, { ...req.body.article, ...changes });',
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['request-extra'],
  },
  {
    id: 'article-cached',
    what: 'answers a single article as it was when first read',
    edits: [
      [
        'routes/articles.js',
        "router.get('/:slug', loadArticle, answer);",
        'const cache = new Map();\n  router.get(\'/:slug\', loadArticle, (req, res) => {\n    if (!cache.has(req.article)) cache.set(req.article, JSON.stringify(showArticle(req.article, req.user)));\n    res.type("json").send(cache.get(req.article));\n  });',
      ],
    ],
    endpoints: ['GET /articles/{slug}'],
    rules: ['seen-at-once', 'favorited-caller', 'article-change'],
  },
];
