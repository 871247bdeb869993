import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { documentOpened } from './opened.ts';

describe('documents/opened', () => {
  it.each([
    ['hears every open', {}, 'document.opened', { template: 2, firstOpen: false }, null],
    ['ignores later opens when asked to', { firstOnly: true }, 'document.opened', { firstOpen: false }, 'firstOnly'],
    ['hears the first open', { firstOnly: true }, 'document.opened', { firstOpen: true }, null],
    [
      "leaves a machine's open to the verdict on machines",
      { firstOnly: true },
      'document.opened',
      { firstOpen: false, machine: true },
      null,
    ],
    [
      "leaves an employee's open to that verdict too",
      { firstOnly: true, machine: true },
      'document.opened',
      { firstOpen: false, employee: 7 },
      null,
    ],
    [
      "counts a machine's second open as a second one when machines count",
      { firstOnly: true, machine: true },
      'document.opened',
      { firstOpen: false, machine: true },
      'firstOnly',
    ],
    [
      "refuses a machine's open of another template by the template",
      { firstOnly: true, templates: [3] },
      'document.opened',
      { template: 2, firstOpen: false, machine: true },
      'templates',
    ],
    ['ignores another template', { templates: [3] }, 'document.opened', { template: 2 }, 'templates'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(documentOpened, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('leaves out machines unless they are asked for', () => {
    const counts = [{}, { machine: true }].map((settings) => {
      const bound = documentOpened.bind(settings);
      return bound.ok && bound.listener.countsMachines;
    });
    expect(counts).toEqual([false, true]);
  });
});
