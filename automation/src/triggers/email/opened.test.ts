import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { opened } from './opened.ts';

describe('email/opened', () => {
  it.each([
    ['hears every open', {}, 'email.opened', { firstOpen: false }, null],
    ['hears the first open', { firstOnly: true }, 'email.opened', { firstOpen: true }, null],
    ['ignores later opens when asked to', { firstOnly: true }, 'email.opened', { firstOpen: false }, 'firstOnly'],
    [
      "leaves a machine's open to the verdict on machines",
      { firstOnly: true },
      'email.opened',
      { firstOpen: false, machine: true },
      null,
    ],
    [
      "counts a machine's second open as a second one when machines count",
      { firstOnly: true, machine: true },
      'email.opened',
      { firstOpen: false, machine: true },
      'firstOnly',
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(opened, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('leaves out machines unless they are asked for', () => {
    const counts = [{}, { machine: true }].map((settings) => {
      const bound = opened.bind(settings);
      return bound.ok && bound.listener.countsMachines;
    });
    expect(counts).toEqual([false, true]);
  });
});
