import type { Design } from './design.ts';

/** Bugs about comments. */
export const commentDesigns: readonly Design[] = [
  {
    id: 'comments-newest-first',
    what: 'lists the newest comment first',
    edits: [['routes/comments.js', 'req.article.comments.map(', '[...req.article.comments].reverse().map(']],
    endpoints: ['GET /articles/{slug}/comments'],
    rules: ['comment-order'],
  },
  {
    id: 'comments-of-all',
    what: 'lists the comments of all articles',
    edits: [
      [
        'routes/comments.js',
        'req.article.comments.map(',
        'store.articles(() => true).flatMap((article) => article.comments).map(',
      ],
    ],
    endpoints: ['GET /articles/{slug}/comments'],
    rules: ['comment-article', 'comment-order'],
  },
  {
    id: 'comments-of-followed',
    what: 'lists a caller the comments of whom he follows only',
    edits: [
      [
        'routes/comments.js',
        'req.article.comments.map(',
        'req.article.comments.filter(({ author }) => !req.user || author === req.user || author.followers.has(req.user.id)).map(',
      ],
    ],
    endpoints: ['GET /articles/{slug}/comments'],
    rules: ['comment-article', 'comment-order'],
  },
  {
    id: 'comment-numbered-per-article',
    what: 'numbers the comments of each article from 1',
    edits: [
      [
        'store.js',
        'const comment = { id: this.#nextId(),',
        'const comment = { id: article.comments.length + 1,',
      ],
    ],
    endpoints: ['POST /articles/{slug}/comments'],
    rules: ['comment-id', 'comment-place'],
  },
  {
    id: 'comment-of-article-author',
    what: 'names the author of the article as the author of a comment',
    edits: [
      [
        'routes/comments.js',
        'store.addComment(req.article, req.user, body)',
        'store.addComment(req.article, req.article.author, body)',
      ],
    ],
    endpoints: ['POST /articles/{slug}/comments', 'GET /articles/{slug}/comments'],
    rules: ['comment-given', 'comment-own'],
  },
  {
    id: 'comment-lost-update',
    what: 'reads the comments, waits, and writes them back with the new one',
    edits: [
      ['store.js', '  addComment(article, author, body) {', '  async addComment(article, author, body) {'],
      [
        'store.js',
        'article.comments.push(comment);',
        'const before = article.comments;\n    await new Promise((done) => setTimeout(done, 5));\n    article.comments = [...before, comment];',
      ],
      [
        'routes/comments.js',
        "router.post('/', requireUser, loadArticle, (req, res) => {",
        "router.post('/', requireUser, loadArticle, async (req, res) => {",
      ],
      ['routes/comments.js', 'store.addComment(req.article', 'await store.addComment(req.article'],
    ],
    endpoints: ['POST /articles/{slug}/comments', 'GET /articles/{slug}/comments'],
    rules: ['concurrency'],
  },
  {
    id: 'comment-late',
    what: 'answers a comment before it is there',
    edits: [
      [
        'store.js',
        'article.comments.push(comment);',
        'setTimeout(() => article.comments.push(comment), 3_000);',
      ],
    ],
    endpoints: ['POST /articles/{slug}/comments', 'GET /articles/{slug}/comments'],
    rules: ['seen-at-once', 'comment-order'],
  },
  {
    id: 'comment-trimmed',
    what: 'trims the body of a comment',
    edits: [
      [
        'routes/comments.js',
        'store.addComment(req.article, req.user, body)',
        'store.addComment(req.article, req.user, body.trim())',
      ],
    ],
    endpoints: ['POST /articles/{slug}/comments', 'GET /articles/{slug}/comments'],
    rules: ['texts', 'comment-given'],
  },
  {
    id: 'comment-deleted-by-anybody',
    what: 'lets anybody who is logged in delete a comment',
    edits: [
      [
        'routes/comments.js',
        "if (comments[at].author !== req.user) throw forbidden('comment');",
        'if (comments[at].author !== req.user) ;',
      ],
    ],
    endpoints: ['DELETE /articles/{slug}/comments/{id}'],
    rules: ['comment-own'],
  },
  {
    id: 'comment-deleted-by-article-author',
    what: 'lets the author of the article delete comments of others',
    edits: [
      [
        'routes/comments.js',
        'comments[at].author !== req.user',
        '![comments[at].author, req.article.author].includes(req.user)',
      ],
    ],
    endpoints: ['DELETE /articles/{slug}/comments/{id}'],
    rules: ['comment-own'],
  },
  {
    id: 'comment-deleted-from-anywhere',
    what: 'finds a comment below the slug of any article',
    edits: [
      [
        'routes/comments.js',
        'const { comments } = req.article;',
        'const { comments } = store.articles((article) => article.comments.some((comment) => String(comment.id) === req.params.id))[0] ?? req.article;',
      ],
    ],
    endpoints: ['DELETE /articles/{slug}/comments/{id}'],
    rules: ['comment-place'],
  },
  {
    id: 'comment-deleted-with-later-ones',
    what: 'deletes a comment and all that follow',
    edits: [['routes/comments.js', 'comments.splice(at, 1);', 'comments.splice(at);']],
    endpoints: ['DELETE /articles/{slug}/comments/{id}', 'GET /articles/{slug}/comments'],
    rules: ['comment-gone'],
  },
  {
    id: 'comment-deleted-last',
    what: 'deletes the last comment, whichever was named',
    edits: [['routes/comments.js', 'comments.splice(at, 1);', 'comments.pop();']],
    endpoints: ['DELETE /articles/{slug}/comments/{id}', 'GET /articles/{slug}/comments'],
    rules: ['comment-gone'],
  },
  {
    id: 'comments-outlive-article',
    what: 'finds the comments of a deleted article',
    edits: [
      ['store.js', '    this.#articles.delete(article.slug);\n  }', '    article.gone = true;\n  }'],
      [
        'store.js',
        'return this.#articles.get(slug);',
        'const found = this.#articles.get(slug);\n    return found?.gone ? undefined : found;',
      ],
      ['store.js', '.filter(condition)', '.filter((article) => !article.gone && condition(article))'],
      [
        'store.js',
        '[...this.#articles.values()].flatMap(',
        '[...this.#articles.values()].filter((article) => !article.gone).flatMap(',
      ],
      [
        'store.js',
        '  /** Articles that meet the condition',
        '  findAnyArticle(slug) {\n    return this.#articles.get(slug);\n  }\n\n  /** Articles that meet the condition',
      ],
      [
        'routes/comments.js',
        'req.article = store.findArticle(req.params.slug);',
        'req.article = store.findAnyArticle(req.params.slug);',
      ],
    ],
    endpoints: ['GET /articles/{slug}/comments', 'POST /articles/{slug}/comments'],
    rules: ['article-gone', 'comment-article'],
  },
];
