import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { references } from '../tasks/references/index.ts';
import { assertions } from '../tasks/suite/index.ts';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';
import { sharing } from './turns.ts';

/** Two runs at the same time; each has a page of its own. */
const inTurn = sharing([1, 2]);
/** Of one run, with a TypeScript build under way beside it on a busy machine. */
const patience = 400_000;

let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('a reference passes, from press to verdict', { timeout: references.length * patience }, () => {
  it.concurrent.each(references)('$taskId', ({ taskId }) =>
    inTurn(() =>
      withPage(app, taskId, async (page) => {
        await button(page, 'Run').click();
        const verdict = await verdictOf(page, patience);
        const text = await page.getByRole('region', { name: 'Verdict' }).innerText();
        expect(verdict, text).toBe('passed');
        expect(text).toContain(`${assertions.length}/${assertions.length}`);
        const stages = await page
          .locator('li[data-stage]')
          .evaluateAll((items) => items.map((item) => item.dataset['status']));
        expect(stages).toEqual(Array<string>(7).fill('passed'));
      }),
    ),
  );
});
