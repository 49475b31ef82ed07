import { endpointPointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { equals, errorBody, errorNames, fits, prepareUser, step } from '../checks.ts';
import { Kept } from '../reply.ts';
import type { Group } from '../types.ts';

const endpoint = 'POST /users/login';
const here = endpointPointer(endpoint);

export const login: Group = {
  id: 'users.login',
  title: 'Login',
  steps({ person }) {
    const anna = person('anna');
    const { email, password } = anna;
    const registered = new Kept<string>('the user of POST /users');
    const token = new Kept<string>('the token of POST /users/login');
    const ask = (user: Json) => () => {
      registered.get();
      return { path: '/users/login', body: { user } };
    };
    return [
      prepareUser('register', anna, registered),
      step(
        'right',
        endpoint,
        200,
        ask({ email, password }),
        [
          fits('UserResponse'),
          equals('username', 'The user is the one with this address.', here, '/user/username', anna.username),
        ],
        (reply) => token.set(reply.text('/user/token')),
      ),
      step('token', 'GET /user', 200, () => ({ path: '/user', token: token.get() }), [
        equals(
          'username',
          'The token of a login belongs to the user who logged in.',
          endpointPointer('GET /user'),
          '/user/username',
          anna.username,
        ),
      ]),
      step('wrong-password', endpoint, 401, ask({ email, password: `${password}1` }), [errorBody]),
      step('unknown-email', endpoint, 401, ask({ email: person('nobody').email, password }), [errorBody]),
      step('missing-email', endpoint, 422, ask({ password }), [errorNames('email')]),
      step('blank-password', endpoint, 422, ask({ email, password: '' }), [errorNames('password')]),
    ];
  },
};
