import { describe, expect, it } from 'vitest';
import { programName } from './program-name.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

describe('the name of a program', () => {
  it.each([
    [chrome, 'Chrome, Windows'],
    [`${chrome} Edg/126.0`, 'Edge, Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
      'Safari, iPhone',
    ],
    ['Mozilla/5.0 (compatible; Mimecast URL Protection)', 'Mimecast'],
    ['curl/8', 'curl/8'],
    ['x'.repeat(100), `${'x'.repeat(60)}…`],
  ])('of %s', (userAgent, name) => {
    expect(programName(userAgent)).toBe(name);
  });
});
