import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { newTotp, stepOfCode } from './totp.ts';

const now = new Date('2026-12-01T12:00:15Z');
const STEP = now.getTime() / 1_000 / 30;

it.each([
  ['of now', 0, 0],
  ['of a telephone whose clock is half a minute late', -30, -1],
  ['of one that is half a minute early', 30, 1],
])('a code %s belongs to its step', (_, seconds, delta) => {
  const { secret, uri } = newTotp('olga@firm.test');
  expect(uri).toContain('otpauth://totp/Signalbox:olga%40firm.test?issuer=Signalbox');
  const timestamp = now.getTime() + seconds * 1_000;
  const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
  expect(stepOfCode(secret, code, now)).toBe(Math.floor(STEP) + delta);
  expect(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(Math.floor(STEP) + delta);
  expect(stepOfCode(newTotp('x').secret, code, now)).toBeUndefined();
});

it.each([-61, 61])('a code of %s seconds away belongs to none', (seconds) => {
  const { secret } = newTotp('x');
  const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now.getTime() + seconds * 1_000 });
  expect(stepOfCode(secret, code, now)).toBeUndefined();
});
