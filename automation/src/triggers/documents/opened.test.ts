import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { documentOpened } from './opened.ts';

describe('documents/opened', () => {
  it.each([
    ['hears every open', {}, 'document.opened', { template: 2, firstOpen: false }, null],
    ['ignores later opens when asked to', { firstOnly: true }, 'document.opened', { firstOpen: false }, 'firstOnly'],
    ['ignores another template', { templates: [3] }, 'document.opened', { template: 2 }, 'templates'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(documentOpened, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
