import type { Design } from './design.ts';

/** Bugs about following. */
export const profileDesigns: readonly Design[] = [
  {
    id: 'following-anybody',
    what: 'says that the caller follows whom anybody follows',
    edits: [['views.js', 'viewer !== undefined && followers.has(viewer.id)', 'followers.size > 0']],
    endpoints: ['GET /profiles/{username}', 'GET /articles/{slug}', 'GET /articles'],
    rules: ['following-caller'],
  },
  {
    id: 'following-turned-round',
    what: 'says whether the user follows the caller',
    edits: [['views.js', 'followers.has(viewer.id)', 'viewer.followers.has(user.id)']],
    endpoints: ['GET /profiles/{username}', 'POST /profiles/{username}/follow'],
    rules: ['following-caller'],
  },
  {
    id: 'following-never-in-articles',
    what: 'says of no author that the caller follows him',
    edits: [
      [
        'views.js',
        'author: showProfile(author, viewer),\n  };',
        'author: { ...showProfile(author, viewer), following: false },\n  };',
      ],
    ],
    endpoints: ['GET /articles/{slug}', 'GET /articles', 'GET /articles/feed', 'PUT /articles/{slug}'],
    rules: ['following-caller'],
  },
  {
    id: 'following-never-in-comments',
    what: 'says of no commentator that the caller follows him',
    edits: [
      [
        'views.js',
        'updatedAt, author: showProfile(author, viewer) }',
        'updatedAt, author: showProfile(author) }',
      ],
    ],
    endpoints: ['GET /articles/{slug}/comments'],
    rules: ['following-caller'],
  },
  {
    id: 'follow-toggles',
    what: 'ends the following when somebody is followed twice',
    edits: [
      [
        'routes/profiles.js',
        'req.profile.followers.add(req.user.id);',
        'if (!req.profile.followers.delete(req.user.id)) req.profile.followers.add(req.user.id);',
      ],
    ],
    endpoints: ['POST /profiles/{username}/follow'],
    rules: ['follow-once'],
  },
  {
    id: 'follow-twice-refused',
    what: 'refuses to follow twice',
    edits: [
      [
        'routes/profiles.js',
        'req.profile.followers.add(req.user.id);',
        'if (req.profile.followers.has(req.user.id)) return res.status(422).json({ errors: { user: ["is followed"] } });\n    req.profile.followers.add(req.user.id);',
      ],
    ],
    endpoints: ['POST /profiles/{username}/follow'],
    rules: ['follow-once'],
  },
  {
    id: 'unfollow-none-404',
    what: 'answers 404 to the end of a following that is none',
    edits: [
      [
        'routes/profiles.js',
        'req.profile.followers.delete(req.user.id);',
        'if (!req.profile.followers.delete(req.user.id)) throw notFound("following");',
      ],
    ],
    endpoints: ['DELETE /profiles/{username}/follow'],
    rules: ['unfollow-any'],
  },
  {
    id: 'unfollow-all',
    what: 'ends the following of everybody, not of the caller',
    edits: [
      ['routes/profiles.js', 'req.profile.followers.delete(req.user.id);', 'req.profile.followers.clear();'],
    ],
    endpoints: ['DELETE /profiles/{username}/follow'],
    rules: ['following-caller', 'feed-content'],
  },
  {
    id: 'profile-of-nobody',
    what: 'answers an empty profile for a name that nobody has',
    edits: [
      [
        'routes/profiles.js',
        "if (!req.profile) throw notFound('profile');",
        'req.profile ??= { username: req.params.username, bio: null, image: null, followers: new Set() };',
      ],
    ],
    endpoints: ['GET /profiles/{username}', 'POST /profiles/{username}/follow'],
    rules: ['profile-named', 'user-everywhere'],
  },
  {
    id: 'profile-of-the-caller',
    what: 'answers the caller’s own profile when there is a caller',
    edits: [
      [
        'routes/profiles.js',
        'showProfile(req.profile, req.user)',
        'showProfile(req.user ?? req.profile, req.user)',
      ],
    ],
    endpoints: [
      'GET /profiles/{username}',
      'POST /profiles/{username}/follow',
      'DELETE /profiles/{username}/follow',
    ],
    rules: ['profile-named', 'following-caller'],
  },
];
