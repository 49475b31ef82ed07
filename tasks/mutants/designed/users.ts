import type { Design } from './design.ts';

/** Bugs about accounts, passwords and tokens. */
export const userDesigns: readonly Design[] = [
  {
    id: 'token-not-verified',
    what: 'reads who is calling from the token without a look at its signature',
    edits: [['auth.js', 'jwt.verify(token, secret).sub', 'jwt.decode(token).sub']],
    endpoints: ['GET /user', 'PUT /user'],
    rules: ['auth-refused'],
  },
  {
    id: 'token-any-scheme',
    what: 'takes a token under any scheme',
    edits: [['auth.js', "scheme === 'Token' && token", 'token']],
    endpoints: ['GET /user', 'PUT /user'],
    rules: ['auth-refused', 'auth-scheme'],
  },
  {
    id: 'token-bearer',
    what: 'takes tokens under Bearer in place of Token',
    edits: [['auth.js', "scheme === 'Token'", "scheme === 'Bearer'"]],
    endpoints: ['GET /user', 'PUT /user'],
    rules: ['auth-scheme', 'token-registration', 'login-user'],
  },
  {
    id: 'token-of-the-first',
    what: 'gives everybody the token that it made first',
    edits: [
      [
        'auth.js',
        'export const createToken = (user) => jwt.sign(',
        'let first;\nexport const createToken = (user) => first ??= jwt.sign(',
      ],
    ],
    endpoints: ['POST /users', 'POST /users/login', 'GET /user', 'PUT /user'],
    rules: ['token-registration', 'login-user', 'user-token'],
  },
  {
    id: 'password-cut',
    what: 'looks at the first eight characters of a password only',
    edits: [
      ['auth.js', 'bcrypt.hash(password, rounds)', 'bcrypt.hash(password.slice(0, 8), rounds)'],
      ['auth.js', 'bcrypt.compare(password, hash)', 'bcrypt.compare(password.slice(0, 8), hash)'],
    ],
    endpoints: ['POST /users/login'],
    rules: ['login-refused', 'login-change'],
  },
  {
    id: 'password-shown',
    what: 'answers the hash of the password with the user',
    edits: [
      [
        'views.js',
        'user: { username, email, bio, image, token',
        'user: { username, email, bio, image, passwordHash: user.passwordHash, token',
      ],
    ],
    endpoints: ['POST /users', 'POST /users/login', 'GET /user', 'PUT /user'],
    rules: ['secrets'],
  },
  {
    id: 'password-hash-in-profile',
    what: 'answers the hash of the password with profiles and authors',
    edits: [
      [
        'views.js',
        'return { username, bio, image, following',
        'return { username, bio, image, hash: user.passwordHash, following',
      ],
    ],
    endpoints: ['GET /profiles/{username}'],
    rules: ['secrets'],
  },
  {
    id: 'email-in-profile',
    what: 'shows everybody’s e-mail address in profiles and authors',
    edits: [
      [
        'views.js',
        'return { username, bio, image, following',
        'return { username, email: user.email, bio, image, following',
      ],
    ],
    endpoints: ['GET /profiles/{username}'],
    rules: ['people-private'],
  },
  {
    id: 'token-in-profile',
    what: 'shows a token of everybody in profiles and authors',
    edits: [
      [
        'views.js',
        'return { username, bio, image, following',
        'return { username, token: createToken(user), bio, image, following',
      ],
    ],
    endpoints: ['GET /profiles/{username}'],
    rules: ['people-private'],
  },
  {
    id: 'email-lower-case',
    what: 'stores and answers e-mail addresses in lower case',
    edits: [
      [
        'store.js',
        'const user = { id: this.#nextId(), username, email,',
        'const user = { id: this.#nextId(), username, email: email.toLowerCase(),',
      ],
    ],
    endpoints: ['POST /users'],
    rules: ['user-given', 'exact-match', 'login-user', 'texts'],
  },
  {
    id: 'email-case-ignored',
    what: 'finds users by name and address without regard to case',
    edits: [
      [
        'store.js',
        'user[field] === value',
        'String(user[field]).toLowerCase() === String(value).toLowerCase()',
      ],
    ],
    endpoints: ['POST /users', 'POST /users/login', 'GET /profiles/{username}'],
    rules: ['exact-match', 'username-unique', 'email-unique', 'profile-named'],
  },
  {
    id: 'user-by-prefix',
    what: 'finds a user by the beginning of a name',
    edits: [['store.js', 'user[field] === value', 'user[field].startsWith(value)']],
    endpoints: ['POST /users', 'POST /users/login', 'GET /profiles/{username}'],
    rules: ['exact-match', 'profile-named'],
  },
  {
    id: 'name-trimmed',
    what: 'trims user names before it stores them',
    edits: [
      [
        'store.js',
        'const user = { id: this.#nextId(), username, email,',
        'const user = { id: this.#nextId(), username: username.trim(), email,',
      ],
    ],
    endpoints: ['POST /users', 'GET /user'],
    rules: ['texts', 'user-given', 'texts-accepted'],
  },
  {
    id: 'bio-empty-text',
    what: 'gives a new user an empty biography in place of null',
    edits: [['store.js', 'bio: null', "bio: ''"]],
    endpoints: ['POST /users', 'GET /user', 'GET /profiles/{username}'],
    rules: ['user-new'],
  },
  {
    id: 'image-default',
    what: 'gives a new user a picture of its own choice in place of null',
    edits: [['store.js', 'image: null', "image: 'https://example.com/smiley.png'"]],
    endpoints: ['POST /users', 'GET /user', 'GET /profiles/{username}'],
    rules: ['user-new'],
  },
  {
    id: 'user-change-stale',
    what: 'answers a change of the user with the values from before',
    edits: [
      [
        'routes/users.js',
        'Object.assign(req.user, changes);\n    res.json(showUser(req.user));',
        'const before = { ...req.user };\n    Object.assign(req.user, changes);\n    res.json(showUser(before));',
      ],
    ],
    endpoints: ['PUT /user'],
    rules: ['user-change'],
  },
  {
    id: 'user-change-not-kept',
    what: 'answers a change of the user, and does not keep it',
    edits: [
      [
        'routes/users.js',
        'Object.assign(req.user, changes);\n    res.json(showUser(req.user));',
        'res.json(showUser({ ...req.user, ...changes }));',
      ],
    ],
    endpoints: ['PUT /user', 'GET /user'],
    rules: ['user-change', 'user-everywhere', 'login-change', 'user-caller'],
  },
  {
    id: 'user-change-clears',
    what: 'sets biography and picture to null when a change leaves them out',
    edits: [
      [
        'routes/users.js',
        'Object.assign(req.user, changes);',
        'Object.assign(req.user, { bio: null, image: null }, changes);',
      ],
    ],
    endpoints: ['PUT /user'],
    rules: ['user-change'],
  },
  {
    id: 'user-null-ignored',
    what: 'takes null in a change of the user for a field that was left out',
    edits: [
      [
        'routes/users.js',
        'Object.assign(req.user, changes);',
        'for (const key in changes) if (changes[key] === null) delete changes[key];\n    Object.assign(req.user, changes);',
      ],
    ],
    endpoints: ['PUT /user'],
    rules: ['user-nullable'],
  },
  {
    id: 'user-change-not-validated',
    what: 'checks user names, addresses and passwords at registration only',
    edits: [
      [
        'routes/users.js',
        "optional: ['username', 'email', 'password'],",
        "nullable: ['bio', 'image', 'username', 'email', 'password'],",
      ],
      ['routes/users.js', "\n      nullable: ['bio', 'image'],\n", '\n'],
    ],
    endpoints: ['PUT /user'],
    rules: ['text-blank', 'text-type'],
  },
  {
    id: 'user-change-half',
    what: 'changes the biography before it finds that the rest is refused',
    edits: [
      [
        'routes/users.js',
        'requireUnused(changes, req.user);',
        'if (changes.bio !== undefined) req.user.bio = changes.bio;\n    requireUnused(changes, req.user);',
      ],
    ],
    endpoints: ['PUT /user', 'GET /user'],
    rules: ['refused-no-effect'],
  },
  {
    id: 'email-taken-ignored',
    what: 'lets two users have the same e-mail address',
    edits: [['routes/users.js', "of ['username', 'email']", "of ['username']"]],
    endpoints: ['POST /users', 'PUT /user'],
    rules: ['email-unique'],
  },
  {
    id: 'login-404',
    what: 'answers 404 for an address that nobody has, 401 for a wrong password',
    edits: [
      [
        'routes/users.js',
        "const user = store.findUser('email', email);",
        "const user = store.findUser('email', email);\n    if (!user) throw new ApiError(404, { email: ['is not known'] });",
      ],
    ],
    endpoints: ['POST /users/login'],
    rules: ['login-refused'],
  },
  {
    id: 'register-race',
    what: 'checks that a name is free, then waits for the hash, then adds the user',
    edits: [
      [
        'routes/users.js',
        'requireUnused({ username, email });\n    res.status(201)',
        ';\n    res.status(201)',
      ],
    ],
    endpoints: ['POST /users'],
    rules: ['concurrency', 'username-unique'],
  },
  {
    id: 'old-password-valid',
    what: 'answers a change of the password, and keeps the old one',
    edits: [
      [
        'routes/users.js',
        'if (password !== undefined) changes.passwordHash = await hashPassword(password);',
        'if (password !== undefined) ;',
      ],
    ],
    endpoints: ['PUT /user', 'POST /users/login'],
    rules: ['login-change'],
  },
  {
    id: 'author-as-written',
    what: 'shows the author of an article as at the time of writing',
    edits: [
      ['store.js', '      author,\n', '      author,\n      byline: { ...author },\n'],
      [
        'views.js',
        'author: showProfile(author, viewer),\n  };',
        'author: showProfile(article.byline, viewer),\n  };',
      ],
    ],
    endpoints: ['GET /articles/{slug}', 'GET /articles', 'GET /articles/feed'],
    rules: ['user-everywhere'],
  },
];
