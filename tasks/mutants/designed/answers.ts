import type { Design } from './design.ts';

const errorAnswer = 'res.status(error.status).json({ errors: error.errors });';

/** Bugs about the form of answers, the order of checks and texts. */
export const answerDesigns: readonly Design[] = [
  {
    id: 'error-message',
    what: 'answers errors as {message}',
    edits: [['errors.js', errorAnswer, 'res.status(error.status).json({ message: error.message });']],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}', 'PUT /articles/{slug}'],
    rules: ['error-shape'],
  },
  {
    id: 'error-list',
    what: 'answers errors as a list of sentences',
    edits: [
      [
        'errors.js',
        errorAnswer,
        'res.status(error.status).json({ errors: Object.entries(error.errors).map((entry) => entry.join(" ")) });',
      ],
    ],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}', 'PUT /articles/{slug}'],
    rules: ['error-shape'],
  },
  {
    id: 'error-texts',
    what: 'answers each error as a text in place of a list of texts',
    edits: [
      [
        'errors.js',
        errorAnswer,
        'res.status(error.status).json({ errors: Object.fromEntries(Object.entries(error.errors).map(([name, [first]]) => [name, first])) });',
      ],
    ],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}', 'PUT /articles/{slug}'],
    rules: ['error-shape'],
  },
  {
    id: 'error-body-only',
    what: 'answers every error under the name "body"',
    edits: [
      [
        'errors.js',
        errorAnswer,
        'res.status(error.status).json({ errors: { body: Object.keys(error.errors) } });',
      ],
    ],
    endpoints: ['POST /users', 'POST /articles', 'PUT /user', 'PUT /articles/{slug}'],
    rules: ['text-missing', 'text-blank', 'text-type', 'username-unique', 'email-unique', 'tags-type'],
  },
  {
    id: 'error-plain',
    what: 'answers errors as plain text',
    edits: [
      [
        'errors.js',
        errorAnswer,
        'res.status(error.status).type("text").send(JSON.stringify({ errors: error.errors }));',
      ],
    ],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}'],
    rules: ['json', 'error-shape'],
  },
  {
    id: 'error-empty',
    what: 'answers errors without a body',
    edits: [['errors.js', errorAnswer, 'res.status(error.status).end();']],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}'],
    rules: ['error-shape'],
  },
  {
    id: 'error-200',
    what: 'answers errors with 200',
    edits: [['errors.js', errorAnswer, 'res.json({ errors: error.errors });']],
    endpoints: ['POST /users', 'GET /user', 'GET /articles/{slug}'],
    rules: [],
  },
  {
    id: 'media-type-text',
    what: 'answers JSON as text/plain',
    edits: [
      [
        'app.js',
        'app.use(express.json());',
        "app.use(express.json());\n  app.use((req, res, next) => {\n    res.type('text/plain');\n    next();\n  });",
      ],
    ],
    endpoints: ['GET /articles', 'GET /tags', 'POST /users'],
    rules: ['json'],
  },
  {
    id: 'tags-bare-list',
    what: 'answers the tags as a list without an object around it',
    edits: [['app.js', 'res.json({ tags: store.tags() });', 'res.json(store.tags());']],
    endpoints: ['GET /tags'],
    rules: ['tags-in-use'],
  },
  {
    id: 'check-body-first',
    what: 'checks the body of a change before it looks whose article it is',
    edits: [
      [
        'routes/articles.js',
        "router.put('/:slug', requireUser, loadArticle, requireAuthor, (req, res) => {",
        "router.put('/:slug', requireUser, (req, res, next) => {\n    readBody(req.body, 'article', { optional: ['title', 'description', 'body'], lists: ['tagList'] });\n    next();\n  }, loadArticle, requireAuthor, (req, res) => {",
      ],
    ],
    endpoints: ['PUT /articles/{slug}'],
    rules: ['check-order'],
  },
  {
    id: 'check-article-before-token',
    what: 'looks for the article before it asks for a token',
    edits: [
      [
        'routes/articles.js',
        "router.delete('/:slug', requireUser, loadArticle,",
        "router.delete('/:slug', loadArticle, requireUser,",
      ],
      [
        'routes/articles.js',
        "router.put('/:slug', requireUser, loadArticle,",
        "router.put('/:slug', loadArticle, requireUser,",
      ],
    ],
    endpoints: ['PUT /articles/{slug}', 'DELETE /articles/{slug}'],
    rules: ['check-order', 'auth-refused'],
  },
  {
    id: 'check-comment-body-first',
    what: 'checks the body of a comment before it looks for the article',
    edits: [
      [
        'routes/comments.js',
        "router.post('/', requireUser, loadArticle,",
        "router.post('/', requireUser, (req, res, next) => {\n    readBody(req.body, 'comment', { required: ['body'] });\n    next();\n  }, loadArticle,",
      ],
    ],
    endpoints: ['POST /articles/{slug}/comments'],
    rules: ['check-order'],
  },
  {
    id: 'check-body-before-token',
    what: 'checks the body of a new article before it asks for a token',
    edits: [
      [
        'routes/articles.js',
        "router.post('/', requireUser, (req, res) => {",
        "router.post('/', (req, res, next) => {\n    readBody(req.body, 'article', { required: ['title', 'description', 'body'], lists: ['tagList'] });\n    next();\n  }, requireUser, (req, res) => {",
      ],
    ],
    endpoints: ['POST /articles'],
    rules: ['check-order', 'auth-refused'],
  },
  {
    id: 'not-own-401',
    what: 'answers 401 to the change of somebody else’s article',
    edits: [['errors.js', 'new ApiError(403,', 'new ApiError(401,']],
    endpoints: ['PUT /articles/{slug}', 'DELETE /articles/{slug}', 'DELETE /articles/{slug}/comments/{id}'],
    rules: ['article-own', 'comment-own'],
  },
  {
    id: 'text-escaped',
    what: 'stores texts with < and & escaped for HTML',
    edits: [
      [
        'validation.js',
        'fields[field] = given[field];',
        "fields[field] = typeof given[field] === 'string' ? given[field].replaceAll('&', '&amp;').replaceAll('<', '&lt;') : given[field];",
      ],
    ],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments', 'POST /users', 'PUT /user'],
    rules: ['texts', 'article-given', 'comment-given'],
  },
  {
    id: 'text-normalised',
    what: 'stores texts in a Unicode normal form',
    edits: [
      [
        'validation.js',
        'fields[field] = given[field];',
        "fields[field] = typeof given[field] === 'string' ? given[field].normalize('NFKC') : given[field];",
      ],
    ],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments', 'POST /users', 'PUT /user'],
    rules: ['texts', 'article-given', 'comment-given'],
  },
  {
    id: 'text-plane-0',
    what: 'loses characters beyond the basic plane, as three-byte UTF-8 does',
    edits: [
      [
        'validation.js',
        'fields[field] = given[field];',
        "fields[field] = typeof given[field] === 'string' ? given[field].replaceAll(/[\\u{10000}-\\u{10FFFF}]/gu, '?') : given[field];",
      ],
    ],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments', 'POST /users', 'PUT /user'],
    rules: ['texts', 'article-given', 'comment-given'],
  },
  {
    id: 'text-cut',
    what: 'cuts texts at 255 characters',
    edits: [
      [
        'validation.js',
        'fields[field] = given[field];',
        "fields[field] = typeof given[field] === 'string' ? given[field].slice(0, 255) : given[field];",
      ],
    ],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments'],
    rules: ['text-length', 'texts', 'article-given'],
  },
  {
    id: 'text-trimmed',
    what: 'trims every text',
    edits: [
      [
        'validation.js',
        'fields[field] = given[field];',
        "fields[field] = typeof given[field] === 'string' ? given[field].trim() : given[field];",
      ],
    ],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments'],
    rules: ['texts', 'article-given', 'comment-given'],
  },
  {
    id: 'body-limit-small',
    what: 'refuses requests of more than ten kilobytes',
    edits: [['app.js', 'express.json()', "express.json({ limit: '10kb' })"]],
    endpoints: ['POST /articles', 'POST /articles/{slug}/comments'],
    rules: ['text-length'],
  },
  {
    id: 'number-as-text',
    what: 'takes numbers and booleans for texts',
    edits: [
      [
        'validation.js',
        "typeof value !== 'string' || value.trim() === ''",
        "value === undefined || value === null || String(value).trim() === ''",
      ],
    ],
    endpoints: ['POST /users', 'POST /articles', 'POST /articles/{slug}/comments'],
    rules: ['text-type'],
  },
  {
    id: 'blank-space-taken',
    what: 'takes white space for a text',
    edits: [['validation.js', "value.trim() === ''", "value === ''"]],
    endpoints: ['POST /users', 'POST /articles', 'POST /articles/{slug}/comments'],
    rules: ['text-blank'],
  },
  {
    id: 'tags-of-anything',
    what: 'takes a list of anything for tags',
    edits: [
      [
        'validation.js',
        "Array.isArray(value) && value.every((item) => typeof item === 'string')",
        'Array.isArray(value)',
      ],
    ],
    endpoints: ['POST /articles', 'PUT /articles/{slug}'],
    rules: ['tags-type'],
  },
];
