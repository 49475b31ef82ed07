import { endpointPointer, schemaPointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { equals, errorBody, errorNames, fits, prepare, step } from '../checks.ts';
import type { Group, Person } from '../types.ts';

const endpoint = 'POST /users';
const here = endpointPointer(endpoint);

export const register: Group = {
  id: 'users.register',
  title: 'Registration',
  steps({ person }) {
    const anna = person('anna');
    const ben = person('ben');
    const ask = (user: Json) => () => ({ path: '/users', body: { user } });
    const refused = (id: string, field: keyof Person, user: Json) =>
      step(id, endpoint, 422, ask(user), [errorNames(field)]);
    return [
      step('new', endpoint, 201, ask({ ...anna }), [
        fits('UserResponse'),
        equals('username', 'The user has the name asked for.', here, '/user/username', anna.username),
        equals('email', 'The user has the address given.', here, '/user/email', anna.email),
        equals('bio', 'A new user has no biography: null.', schemaPointer('User'), '/user/bio', null),
        equals('image', 'A new user has no image: null.', schemaPointer('User'), '/user/image', null),
      ]),
      prepare('other', endpoint, 201, ask({ ...ben })),
      step('taken-username', endpoint, 422, ask({ ...person('carl'), username: ben.username }), [
        errorBody,
        errorNames('username'),
      ]),
      refused('taken-email', 'email', { ...person('dora'), email: ben.email }),
      refused('missing-username', 'username', without(person('emil'), 'username')),
      refused('missing-email', 'email', without(person('fritz'), 'email')),
      refused('missing-password', 'password', without(person('gina'), 'password')),
      refused('blank-username', 'username', { ...person('hugo'), username: '' }),
      refused('blank-password', 'password', { ...person('ida'), password: '' }),
    ];
  },
};

function without(user: Person, field: keyof Person): Json {
  return Object.fromEntries(Object.entries(user).filter(([name]) => name !== field));
}
