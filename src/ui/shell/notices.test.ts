import { describe, expect, it } from 'vitest';
import { present } from '../testing/present.ts';
import { Notices } from './notices.svelte.ts';

describe('Notices', () => {
  it('shows faults nobody caught, once each and not too many', () => {
    const target = new EventTarget();
    const notices = new Notices();
    const stop = notices.listen(target as Window);
    const fault = Object.assign(new Event('unhandledrejection'), { reason: new Error('no disk') });
    target.dispatchEvent(fault);
    target.dispatchEvent(fault);
    expect(notices.list.map(({ text }) => text)).toEqual(['Something in this page went wrong: no disk']);
    for (let index = 0; index < 10; index++) {
      target.dispatchEvent(Object.assign(new Event('error'), { message: `fault ${index}` }));
    }
    expect(notices.list).toHaveLength(Notices.most);
    stop();
    notices.dismiss(present(notices.list[0]).id);
    target.dispatchEvent(fault);
    expect(notices.list).toHaveLength(Notices.most - 1);
  });
});
