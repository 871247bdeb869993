import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { created } from './created.ts';

describe('documents/created', () => {
  it.each([
    ['hears every document', {}, 'document.created', { template: 2, by: 'rule' }, null],
    [
      'leaves out documents of rules when told so',
      { byRules: false },
      'document.created',
      { template: 2, by: 'rule' },
      'byRules',
    ],
    ['ignores another template', { templates: [3] }, 'document.created', { template: 2 }, 'templates'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(created, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
