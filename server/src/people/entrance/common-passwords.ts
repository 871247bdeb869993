/// <reference path="./fxa-common-password-list.d.ts" />
import list from 'fxa-common-password-list';

const SHORT_UNIT = 7;

/**
 * Is this a password that is tried first? One of the list of leaked ones, in any case of its letters, with digits and signs after it,
 * or something short or listed over and over. Of at least 12 characters; shorter ones are refused before.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase().normalize('NFKC');
  const unit = unitOf(plain);
  return [plain, withoutTail(plain), unit].some((part) => list.test(part)) || unit.length <= SHORT_UNIT;
}

/** `letmein` of `letmeinletmein`; otherwise all of it. */
function unitOf(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}

function withoutTail(text: string): string {
  return text.replace(/[\d\p{P}\p{S}]+$/u, '');
}
