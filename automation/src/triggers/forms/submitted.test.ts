import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { submitted } from './submitted.ts';

describe('forms/submitted', () => {
  it.each([
    ['hears every form', {}, 'form.submitted', { form: 1, callback: false }, null],
    ['hears callback forms too', {}, 'form.submitted', { form: 1, callback: true }, null],
    ['ignores another form', { forms: [2] }, 'form.submitted', { form: 1 }, 'forms'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(submitted, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
