import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { app } from './app.ts';

describe('apps/app', () => {
  it.each([
    ['hears its code', { code: 'go' }, 'app.triggered', { code: 'go' }, null],
    ['ignores another code', { code: 'go' }, 'app.triggered', { code: 'stop' }, 'code'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(app, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
