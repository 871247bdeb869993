import { timingSafeEqual } from 'node:crypto';

// Without letters and digits that are taken for each other.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** A code to be read and typed, like `ABCD-EFGH-JKLM`, of the first 12 of random bytes: 60 bits. */
export function readableCode(bytes: Buffer): string {
  const text = [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text.replace(/(.{4})(?!$)/g, '$1-');
}

/** As it was meant, however it was typed. */
export const plainCode = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '');

/** Tells nothing by how long it takes. */
export function isSameCode(typed: string, code: string): boolean {
  const [given, right] = [Buffer.from(plainCode(typed)), Buffer.from(plainCode(code))];
  return given.length === right.length && timingSafeEqual(given, right);
}
