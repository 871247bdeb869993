import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readTarget, signTarget } from './tracking-token.ts';

const key = randomBytes(32);
const open = { kind: 'open', workspaceId: 3, emailId: 12_345 } as const;
const click = { kind: 'click', workspaceId: 3, emailId: 12_345, link: 7 } as const;

describe('a tracking token', () => {
  it.each([open, click])('is read back: %o', (target) => {
    expect(readTarget(key, signTarget(key, target))).toEqual(target);
  });

  it('fits a mail line and an address', () => {
    expect(
      signTarget(key, { ...click, workspaceId: Number.MAX_SAFE_INTEGER, emailId: Number.MAX_SAFE_INTEGER }),
    ).toMatch(/^[\w.-]{1,80}$/);
  });

  it.each([
    ['another installation signed it', signTarget(randomBytes(32), open)],
    ['another e-mail is named', signTarget(key, open).replace(/^o\.3\.[0-9a-z]+/, 'o.3.1')],
    ['an open is made a click', signTarget(key, open).replace(/^o/, 'c')],
    ['the signature is missing', signTarget(key, open).split('-', 1)[0] ?? ''],
    ['the signature is short', signTarget(key, open).slice(0, -4)],
    ['it is nothing', ''],
    ['it is a URL', 'https://evil.test'],
    ['it has a NUL', 'o.3.1\0-x'],
  ])('is refused when %s', (_, token) => {
    expect(readTarget(key, token)).toBeUndefined();
  });
});
