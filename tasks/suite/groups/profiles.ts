import { rulePointer } from '../../contract/index.ts';
import { because, equals, errorBody, fits, isPublic, media, noSecrets, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, type Account } from '../fixtures.ts';
import { after, ask, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

export const profiles: Group = {
  id: 'profiles',
  title: 'Profiles and following',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const followed = succeeded();
    const unfollowed = succeeded();
    const look = (as?: Account) => after([ben.token], ask(ben.profile, as));
    const toggle = (as?: Account) => after([ben.token], ask(`${ben.profile}/follow`, as));
    const following = (sentence: string, wanted: boolean) =>
      says('following', sentence, 'following-caller', '/profile/following', wanted);
    const nobody = `/profiles/${context.person('nobody').username}`;
    return [
      anna.register,
      ben.register,
      step('stranger', to.readProfile, 200, look(), [
        fits('ProfileResponse'),
        media,
        says(
          'username',
          'The profile is of the user named.',
          'profile-named',
          '/profile/username',
          ben.username,
        ),
        equals(
          'bio',
          'The biography is null until it is set.',
          rulePointer('user-new'),
          '/profile/bio',
          null,
        ),
        equals(
          'image',
          'The image is null until it is set.',
          rulePointer('user-new'),
          '/profile/image',
          null,
        ),
        following('Without a token, nobody is followed.', false),
        isPublic('/profile'),
        noSecrets(ben.password),
      ]),
      step('unknown', to.readProfile, 404, ask(nobody), [errorBody, media]),
      because(
        'exact-match',
        'A part of a name is not the name.',
        step('unknown-part', to.readProfile, 404, after([ben.token], ask(ben.profile.slice(0, -1)))),
      ),
      because(
        'exact-match',
        'A name in capitals is not the name.',
        step(
          'unknown-case',
          to.readProfile,
          404,
          after([ben.token], ask(`/profiles/${ben.username.toUpperCase()}`)),
        ),
      ),
      step(
        'follow',
        to.follow,
        200,
        toggle(anna),
        [
          fits('ProfileResponse'),
          media,
          says(
            'username',
            'The profile is of the user who is followed.',
            'profile-named',
            '/profile/username',
            ben.username,
          ),
          following('The profile is followed now.', true),
          isPublic('/profile'),
        ],
        followed.keep,
      ),
      step('followed', to.readProfile, 200, after([followed.done], look(anna)), [
        following('The profile is still followed later.', true),
      ]),
      step('followed-stranger', to.readProfile, 200, after([followed.done], look()), [
        following('Without a token it is not followed.', false),
      ]),
      step('followed-other', to.readProfile, 200, after([followed.done], look(ben)), [
        following('Another caller does not follow it.', false),
      ]),
      step('follower', to.readProfile, 200, after([followed.done], ask(anna.profile, ben)), [
        following('Who is followed does not follow back.', false),
      ]),
      step('follow-twice', to.follow, 200, after([followed.done], toggle(anna)), [
        says('following', 'Following twice is the same as once.', 'follow-once', '/profile/following', true),
      ]),
      step(
        'unfollow',
        to.unfollow,
        200,
        after([followed.done], toggle(anna)),
        [
          fits('ProfileResponse'),
          media,
          says(
            'username',
            'The profile is of the user who was followed.',
            'profile-named',
            '/profile/username',
            ben.username,
          ),
          following('The profile is no longer followed.', false),
          isPublic('/profile'),
        ],
        unfollowed.keep,
      ),
      step('unfollowed', to.readProfile, 200, after([unfollowed.done], look(anna)), [
        following('The profile is still not followed later, though it was followed twice.', false),
      ]),
      step('unfollow-twice', to.unfollow, 200, after([unfollowed.done], toggle(anna)), [
        says(
          'following',
          'Not following somebody who is not followed is no error.',
          'unfollow-any',
          '/profile/following',
          false,
        ),
      ]),
      step('follow-again', to.follow, 200, after([unfollowed.done], toggle(anna)), [
        following('Who was followed once can be followed again.', true),
      ]),
      step('no-token', to.follow, 401, toggle(), [errorBody]),
      step('unfollow-no-token', to.unfollow, 401, toggle(), [errorBody]),
      step('follow-unknown', to.follow, 404, ask(`${nobody}/follow`, anna), [errorBody]),
      step('unfollow-unknown', to.unfollow, 404, ask(`${nobody}/follow`, anna), [errorBody]),
      because(
        'check-order',
        'A missing token is noticed before an unknown name.',
        step('no-token-unknown', to.follow, 401, ask(`${nobody}/follow`)),
      ),
    ];
  },
};
