import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { scanned } from './scanned.ts';

describe('qr/scanned', () => {
  it.each([
    ['hears every code', {}, 'qr.scanned', { rule: 'qr1' }, null],
    ['ignores the code of another rule', { rules: ['qr2'] }, 'qr.scanned', { rule: 'qr1' }, 'rules'],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(scanned, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });
});
