import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { openShelf } from './shelf.ts';

const schema = v.object({ id: v.string(), text: v.string() });
let number = 0;
const fresh = (): string => `shelf-${++number}`;

describe('a shelf', () => {
  it('keeps things under their ids, one kind apart from the other', async () => {
    const name = fresh();
    const prompts = await openShelf('prompts', schema, name);
    const answers = await openShelf('answers', schema, name);
    await prompts.put({ id: 'a', text: '1' });
    await prompts.put({ id: 'a', text: '2' });
    await answers.put({ id: 'b1/x', text: '3' });
    await answers.put({ id: 'b1/y', text: '4' });
    await answers.put({ id: 'b10/x', text: '5' });
    expect(await prompts.list()).toEqual([{ id: 'a', text: '2' }]);
    const again = await openShelf('answers', schema, name);
    expect(await again.get('b1/x')).toEqual({ id: 'b1/x', text: '3' });
    await again.removeAll('b1/');
    expect((await again.list()).map(({ id }) => id)).toEqual(['b10/x']);
    await prompts.remove('a');
    expect(await prompts.get('a')).toBeUndefined();
    expect(prompts.fault).toBeUndefined();
  });

  it('gives out nothing that is not what was asked for', async () => {
    const name = fresh();
    const shelf = await openShelf('prompts', schema, name);
    const db = await openDB(name);
    await db.put('prompts', { id: 'bad', text: 7 });
    db.close();
    await shelf.put({ id: 'good', text: 'x' });
    expect(await shelf.get('bad')).toBeUndefined();
    expect(await shelf.list()).toEqual([{ id: 'good', text: 'x' }]);
  });

  it('keeps things until the page is closed where there is no database, and says why', async () => {
    const name = fresh();
    const later = await openDB(name, 99);
    const shelf = await openShelf('batches', schema, name);
    await shelf.put({ id: 'a', text: 'x' });
    expect(await shelf.list()).toEqual([{ id: 'a', text: 'x' }]);
    expect(await shelf.get('a')).toEqual({ id: 'a', text: 'x' });
    expect(shelf.fault).toEqual({ code: 'newer' });
    later.close();
  });
});
