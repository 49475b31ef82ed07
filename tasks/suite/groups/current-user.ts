import { endpointPointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { equals, errorBody, errorNames, fits, prepare, prepareUser, step } from '../checks.ts';
import { Kept } from '../reply.ts';
import type { Group } from '../types.ts';

const get = 'GET /user';
const put = 'PUT /user';

export const currentUser: Group = {
  id: 'users.current',
  title: 'Current user',
  steps({ person }) {
    const anna = person('anna');
    const token = new Kept<string>('the token of POST /users');
    const here = endpointPointer(get);
    return [
      prepareUser('register', anna, token),
      step('own', get, 200, () => ({ path: '/user', token: token.get() }), [
        fits('UserResponse'),
        equals('username', 'The user is the one of the token.', here, '/user/username', anna.username),
        equals('email', 'The address is the one of the token’s user.', here, '/user/email', anna.email),
      ]),
      step('no-token', get, 401, () => ({ path: '/user' }), [errorBody]),
      step('bad-token', get, 401, () => ({ path: '/user', token: 'not.a.token' }), [errorBody]),
    ];
  },
};

export const updateUser: Group = {
  id: 'users.update',
  title: 'Changing the current user',
  steps({ person }) {
    const anna = person('anna');
    const ben = person('ben');
    const moved = person('moved');
    const token = new Kept<string>('the token of POST /users');
    const otherToken = new Kept<string>('the other user of POST /users');
    const readdressed = new Kept<true>('a new address from PUT /user');
    const changed = new Kept<true>('a new password from PUT /user');
    const here = endpointPointer(put);
    const ask = (user: Json) => () => ({ path: '/user', token: token.get(), body: { user } });
    const logIn = (password: string) => () => {
      readdressed.get();
      changed.get();
      return { path: '/users/login', body: { user: { email: moved.email, password } } };
    };
    return [
      prepareUser('register', anna, token),
      prepareUser('register-other', ben, otherToken),
      step('bio', put, 200, ask({ bio: 'I write.', image: 'https://example.org/anna.png' }), [
        fits('UserResponse'),
        equals('bio', 'The biography is the new one.', here, '/user/bio', 'I write.'),
        equals('image', 'The image is the new one.', here, '/user/image', 'https://example.org/anna.png'),
        equals('username', 'A name that is left out is kept.', here, '/user/username', anna.username),
        equals('email', 'An address that is left out is kept.', here, '/user/email', anna.email),
      ]),
      step('read-back', get, 200, () => ({ path: '/user', token: token.get() }), [
        equals('bio', 'The biography is still there later.', here, '/user/bio', 'I write.'),
      ]),
      step('null-bio', put, 200, ask({ bio: null }), [
        equals('bio', 'The biography can be set to null.', here, '/user/bio', null),
        equals('image', 'The image is kept.', here, '/user/image', 'https://example.org/anna.png'),
      ]),
      step(
        'email',
        put,
        200,
        ask({ email: moved.email }),
        [equals('email', 'The address is the new one.', here, '/user/email', moved.email)],
        () => readdressed.set(true),
      ),
      prepare('password', put, 200, ask({ password: moved.password }), () => changed.set(true)),
      step('new-password', 'POST /users/login', 200, logIn(moved.password)),
      step('old-password', 'POST /users/login', 401, logIn(anna.password)),
      step(
        'taken-username',
        put,
        422,
        () => {
          otherToken.get();
          return ask({ username: ben.username })();
        },
        [errorNames('username')],
      ),
      step('blank-email', put, 422, ask({ email: '' }), [errorNames('email')]),
      step('no-token', put, 401, () => ({ path: '/user', body: { user: { bio: 'x' } } }), [errorBody]),
    ];
  },
};
