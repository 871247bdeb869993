import { z } from 'zod';
import { asciiHost, foldedText, normalText, readableHost, readLabels } from './normal-form.ts';

/** The address alone, in small letters, its domain in punycode and without a dot at the end (semantics.md 2.3, 6). */
export function normalEmail(text: string): string {
  return ofParts(text, asciiHost);
}

/** The same as people read it, for comparing also pieces of it. */
export function readableEmail(text: string): string {
  return ofParts(text, readableHost);
}

/** A piece of an address, spelled as `readableEmail` spells the whole. */
export function pieceOfEmail(text: string): string {
  return readLabels(foldedText(text));
}

/** The address without a display name, as it was written. */
export function bareEmail(text: string): string {
  return normalText(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).replace(/^mailto:/i, '');
}

function ofParts(text: string, host: (name: string) => string): string {
  const bare = foldedText(bareEmail(text));
  const at = bare.lastIndexOf('@');
  return at === -1 ? bare : `${bare.slice(0, at)}@${host(bare.slice(at + 1))}`;
}

const LONGEST = 320;
// Letters of any script: mail is sent to them by SMTPUTF8, and to their domains by punycode.
const box = /^(?!\.)(?!.*\.\.)[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}(?<!\.)$/u;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Whether mail can be sent to it; letters of any script, as everywhere. */
export function isEmail(text: string): boolean {
  const normal = normalEmail(text);
  const at = normal.lastIndexOf('@');
  return (
    bareEmail(text).length <= LONGEST && box.test(normal.slice(0, Math.max(at, 0))) && domain.test(normal.slice(at + 1))
  );
}

/** Whether it is an address alone, with no display name and no blanks about it. */
export function isBareEmail(text: string): boolean {
  return isEmail(text) && !/[<>\s]/.test(text);
}

/** The same as a schema. */
export const emailText = z.stringFormat('email', isBareEmail).max(LONGEST);

/**
 * One of somebody who signs in, kept as addresses are compared: the library of accounts knows no letters but ASCII's before the @, and no
 * top-level domain in punycode.
 */
export const accountEmail = emailText.overwrite(normalEmail).pipe(
  z.string().refine((text) => z.email().safeParse(text).success, {
    error:
      'Expected an address for signing in: before the @ letters a to z, digits and signs, after it no top-level domain of other letters. Such addresses can be further addresses',
    params: { code: 'account-email' },
  }),
);
