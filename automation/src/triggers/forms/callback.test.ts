import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { callback } from './callback.ts';

describe('forms/callback', () => {
  it.each([
    ['hears a callback form', {}, 'form.submitted', { form: 1, callback: true }, null],
    ['ignores other forms', {}, 'form.submitted', { form: 1, callback: false }, 'callback'],
    ['ignores another callback form', { forms: [2] }, 'form.submitted', { form: 1, callback: true }, 'forms'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(callback, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
