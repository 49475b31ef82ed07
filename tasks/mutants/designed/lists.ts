import type { Design } from './design.ts';

/** Bugs about lists: filters, counts, pages, order. */
export const listDesigns: readonly Design[] = [
  {
    id: 'tag-by-substring',
    what: 'filters by a part of a tag',
    edits: [
      [
        'routes/articles.js',
        'article.tagList.includes(tag)',
        'article.tagList.some((own) => own.includes(tag))',
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['exact-match', 'list-filters'],
  },
  {
    id: 'tag-case-ignored',
    what: 'filters by tag without regard to case',
    edits: [
      [
        'routes/articles.js',
        'article.tagList.includes(tag)',
        'article.tagList.some((own) => own.toLowerCase() === tag.toLowerCase())',
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['exact-match', 'list-filters'],
  },
  {
    id: 'tag-as-pattern',
    what: 'takes % and _ in a tag for wildcards, as LIKE does',
    edits: [
      [
        'routes/articles.js',
        'article.tagList.includes(tag)',
        "article.tagList.some((own) => new RegExp('^' + tag.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&').replace(/%/g, '.*').replace(/_/g, '.') + '$').test(own))",
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['exact-match', 'list-filters'],
  },
  {
    id: 'author-by-prefix',
    what: 'filters by the beginning of the author’s name',
    edits: [
      [
        'routes/articles.js',
        'article.author.username === author',
        'article.author.username.startsWith(author)',
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['exact-match', 'list-filters'],
  },
  {
    id: 'author-unknown-ignored',
    what: 'lists all articles when nobody has the author’s name',
    edits: [
      [
        'routes/articles.js',
        'article.author.username === author',
        "article.author.username === author || !store.findUser('username', author)",
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['filter-none'],
  },
  {
    id: 'favorited-by-anybody',
    what: 'filters by whether anybody has marked an article',
    edits: [['routes/articles.js', 'article.favoritedBy.has(fan?.id)', 'article.favoritedBy.size > 0']],
    endpoints: ['GET /articles'],
    rules: ['list-filters', 'filter-none'],
  },
  {
    id: 'favorited-by-the-caller',
    what: 'filters by what the caller has marked, whatever name is given',
    edits: [
      ['routes/articles.js', 'article.favoritedBy.has(fan?.id)', 'article.favoritedBy.has(req.user?.id)'],
    ],
    endpoints: ['GET /articles'],
    rules: ['list-filters', 'filter-none'],
  },
  {
    id: 'one-filter-only',
    what: 'looks at the tag alone when there is one',
    edits: [
      ['routes/articles.js', '(author === undefined ||', '(tag !== undefined || author === undefined ||'],
    ],
    endpoints: ['GET /articles'],
    rules: ['list-filters'],
  },
  {
    id: 'author-before-favorited',
    what: 'ignores who has marked an article when an author is given',
    edits: [
      [
        'routes/articles.js',
        '(favorited === undefined ||',
        '(author !== undefined || favorited === undefined ||',
      ],
    ],
    endpoints: ['GET /articles'],
    rules: ['list-filters'],
  },
  {
    id: 'count-of-the-page',
    what: 'counts the articles of the page',
    edits: [
      [
        'routes/articles.js',
        'articlesCount: articles.length',
        'articlesCount: articles.slice(offset, offset + limit).length',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['articles-count'],
  },
  {
    id: 'count-of-all',
    what: 'counts all articles, whatever the filters are',
    edits: [
      [
        'routes/articles.js',
        'articlesCount: articles.length',
        'articlesCount: store.articles(() => true).length',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['articles-count'],
  },
  {
    id: 'offset-in-pages',
    what: 'takes the offset for the number of a page',
    edits: [
      [
        'routes/articles.js',
        'articles.slice(offset, offset + limit)',
        'articles.slice(offset * limit, offset * limit + limit)',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['offset'],
  },
  {
    id: 'limit-as-end',
    what: 'takes the limit for the end of the page',
    edits: [
      ['routes/articles.js', 'articles.slice(offset, offset + limit)', 'articles.slice(offset, limit)'],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['offset', 'limit'],
  },
  {
    id: 'limit-ignored-in-feed',
    what: 'does not look at limit and offset in the feed',
    edits: [
      [
        'routes/articles.js',
        'readNumber(req.query.limit, 20, 1)',
        "readNumber(req.path === '/feed' ? undefined : req.query.limit, 20, 1)",
      ],
    ],
    endpoints: ['GET /articles/feed'],
    rules: ['limit'],
  },
  {
    id: 'limit-at-most-ten',
    what: 'never lists more than ten articles',
    edits: [
      [
        'routes/articles.js',
        'readNumber(req.query.limit, 20, 1)',
        'Math.min(10, readNumber(req.query.limit, 20, 1))',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['limit'],
  },
  {
    id: 'newest-change-first',
    what: 'orders by the time of the last change',
    edits: [['store.js', 'b.id - a.id', 'b.updatedAt - a.updatedAt || b.id - a.id']],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['list-order'],
  },
  {
    id: 'ordered-by-title',
    what: 'orders by title',
    edits: [['store.js', 'b.id - a.id', 'a.title < b.title ? -1 : 1']],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['list-order'],
  },
  {
    id: 'page-before-order',
    what: 'orders only within the page',
    edits: [
      ['store.js', '.sort((a, b) => b.id - a.id)', ''],
      [
        'routes/articles.js',
        'articles.slice(offset, offset + limit)',
        'articles.slice(offset, offset + limit).sort((a, b) => b.id - a.id)',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['list-order', 'limit', 'offset'],
  },
  {
    id: 'list-with-body',
    what: 'lists articles with their bodies',
    edits: [
      [
        'routes/articles.js',
        'map((article) => showListItem(article, req.user))',
        'map((article) => showArticle(article, req.user).article)',
      ],
    ],
    endpoints: ['GET /articles', 'GET /articles/feed'],
    rules: ['list-no-body'],
  },
];
