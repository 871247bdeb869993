import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

describe('a password', () => {
  it.each([
    ['one of the list', 'qwertyuiop123'],
    ['one of the list in capitals', '1Q2W3E4R5T6Y'],
    ['one of the list with a year and a sign', 'iloveyou2026!'],
    ['one of the list twice', 'LetMeInLetMeIn'],
    ['one character over and over', '............'],
    ['a few characters over and over', 'ab1!ab1!ab1!'],
  ])('that is %s is common: %s', (_, password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['correct horse battery', 'a long password of Olga', 'zażółć gęślą jaźń', 'xkdjfh3827hd'])(
    'like %s is not',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
