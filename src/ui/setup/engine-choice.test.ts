import { describe, expect, it } from 'vitest';
import { findTask, tasks } from '../../../tasks/index.ts';
import { present } from '../testing/present.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { EngineChoice } from './engine-choice.svelte.ts';
import { Setup } from './setup.svelte.ts';

const express = present(findTask('express-unconstrained'));
const flask = present(findTask('flask-unconstrained'));

describe('EngineChoice', () => {
  it('is the embedded engine unless somebody chooses otherwise', () => {
    const engine = new EngineChoice([], true);
    expect([engine.blocked(express), engine.request(express)]).toEqual([undefined, {}]);
  });

  it('asks for consent before WebContainers are loaded', () => {
    const engine = new EngineChoice([], true);
    engine.choose('webcontainer');
    expect(engine.blocked(express)).toContain('Agree to load WebContainers first');
    engine.consent = true;
    expect(engine.blocked(express)).toBeUndefined();
    expect(engine.request(express)).toEqual({ webContainer: {} });
    engine.apiKey = ' key ';
    expect(engine.request(express)).toEqual({ webContainer: { apiKey: 'key' } });
  });

  it('says why WebContainers cannot be had', () => {
    const engine = new EngineChoice([], true);
    engine.choose('webcontainer');
    engine.consent = true;
    engine.online = false;
    expect(engine.blocked(express)).toContain('offline');
    const lacking = new EngineChoice(
      [{ name: 'shared memory', advice: '', blocks: ['node', 'python'] }],
      true,
    );
    expect(lacking.unavailable).toBe('This browser lacks shared memory.');
    const python = new EngineChoice([{ name: 'JSPI', advice: '', blocks: ['python'] }], true);
    expect(python.unavailable).toBeUndefined();
  });

  it('is no choice for Python', () => {
    const engine = new EngineChoice([], true);
    engine.choose('webcontainer');
    expect(engine.offers(flask)).toBe(false);
    expect([engine.blocked(flask), engine.request(flask)]).toEqual([undefined, {}]);
  });

  it('keeps a run from starting, and goes into its request', async () => {
    const setup = new Setup(scriptedServices('passed', tasks), []);
    await setup.open();
    setup.engine.choose('webcontainer');
    expect(setup.blocked).toContain('Agree');
    expect(() => setup.request()).toThrow(/Agree/);
    setup.engine.consent = true;
    setup.engine.apiKey = 'secret';
    expect(setup.request()).toMatchObject({ webContainer: { apiKey: 'secret' } });
    expect(JSON.stringify(setup.request().source)).not.toContain('secret');
  });
});
