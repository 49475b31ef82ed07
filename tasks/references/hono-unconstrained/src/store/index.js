import { createArticles } from './articles.js';
import { createComments } from './comments.js';
import { Relation } from './relation.js';
import { createUsers } from './users.js';

/** All data, in memory. `follows`: follower to followed; `favorites`: article to user. */
export function createStore() {
  return {
    users: createUsers(),
    articles: createArticles(),
    comments: createComments(),
    follows: new Relation(),
    favorites: new Relation(),
  };
}
