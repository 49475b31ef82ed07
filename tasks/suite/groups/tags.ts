import { fits, media } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { hasTags, lacksTags } from '../lists.ts';
import { after, ask, step, setUp } from '../steps.ts';
import type { Group } from '../types.ts';

export const tags: Group = {
  id: 'tags',
  title: 'Tags',
  steps(context) {
    const anna = account(context, 'anna');
    const both = context.unique('Both');
    const one = context.unique('one');
    const two = context.unique('two');
    const late = context.unique('late');
    const many = Array.from({ length: 21 }, (_, n) => context.unique(`many${n}`));
    const texts = { description: 'd', body: 'b' };
    const first = post('first', anna, { ...texts, title: `${one} title`, tagList: [both, one] });
    const second = post('second', anna, { ...texts, title: `${two} title`, tagList: [two, both, ...many] });
    const replaced = setUp(
      'replace',
      to.change,
      200,
      ask(first.at(), anna, { article: { tagList: [late] } }),
    );
    const cleared = setUp('clear', to.change, 200, ask(second.at(), anna, { article: { tagList: [] } }));
    const written = [first.slug, second.slug];
    return [
      anna.register,
      first.create,
      second.create,
      step('all', to.listTags, 200, after(written, ask('/tags')), [
        fits('TagListResponse'),
        media,
        hasTags('own', 'The tags of all articles are there.', [one, two]),
        hasTags('shared', 'A tag of two articles is there once, in the letters in which it was given.', [
          both,
        ]),
        hasTags('many', 'All tags are there, however many.', many),
      ]),
      replaced.step,
      step('replaced', to.listTags, 200, after([...written, replaced.done], ask('/tags')), [
        hasTags('new', 'A tag that a change gave is there.', [late]),
        lacksTags('old', 'A tag that a change took away is gone.', 'tags-in-use', [one]),
        hasTags('shared', 'A tag that another article still has is there.', [both]),
      ]),
      cleared.step,
      step('cleared', to.listTags, 200, after([replaced.done, cleared.done], ask('/tags')), [
        lacksTags('old', 'The tags of an article without tags are gone.', 'tags-in-use', [two, both]),
        hasTags('new', 'The tags of other articles are still there.', [late]),
      ]),
    ];
  },
};
