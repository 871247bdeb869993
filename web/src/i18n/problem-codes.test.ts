import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quotaNames } from '@signalbox/contract/quotas.ts';
import { describe, expect, it } from 'vitest';
import automation from './automation/en.json' with { type: 'json' };
import english from './en.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const sources = ['automation/src', 'contract/src', 'server/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    // Why a mail is where it is has codes as well, and is no problem.
    .filter((file) => file.endsWith('.ts') && !/test|^cli|why-here/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
);

/** Met by programs that speak to the API alone; the screens never send what they refuse. */
const apiOnly: ReadonlySet<string> = new Set([
  // Said to Twilio.
  ...['forged', 'call-over'],
  ...[
    'broken-json',
    'changed-since',
    'client',
    'cursor',
    'future',
    'no-notes',
    'idempotency-key',
    'idempotency-key-reused',
  ],
  ...[
    'idempotency-in-flight',
    'item-or-client',
    'media-type',
    'no-signal',
    'no-such-route',
    'too-long',
    'unknown-visitor',
    'unreadable',
  ],
]);

/** Says by its first mistake what is wrong; so do those that have words for a mistake alone. */
const containers: ReadonlySet<string> = new Set(['invalid', 'no-field', 'quota']);

describe('every code that the server sends to the screens has words', () => {
  it.each(['conflict\\(\\s*', 'new UserError\\(\\{ status: \\d+, code: '])('of whole answers: %s', (before) => {
    const { codes, fields } = english.problem;
    const known = new Set([...Object.keys(codes), ...Object.keys(fields), ...apiOnly, ...containers]);
    const found = codesAfter(before);
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((code) => !known.has(code))).toEqual([]);
  });

  it.each([
    'invalidAt\\(\\s*(?:[^,]+),\\s*',
    '(?<!status: \\d+, )code: (?=[^\\n]*\\n?[^\\n]*(?:message|text))',
    'params: \\{ code: ',
    'refuse\\(below\\(reading, [^)]+\\), [^\\n]+, ',
    'broken\\(place, ',
    'warning\\(\\s*\\w+,\\s*',
  ])('of single mistakes: %s', (before) => {
    const known = new Set([...Object.keys(english.problem.fields), ...Object.keys(automation.problems), ...apiOnly]);
    const found = codesAfter(before).filter((code) => !ofOthers.has(code));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((code) => !known.has(code))).toEqual([]);
  });
});

it('of a quota that is used up', () => {
  expect(quotaNames.filter((name) => !(`quota-${name}` in english.problem.fields))).toEqual([]);
});

// Cells of a CSV file (`reasons` of the import's texts), differences of two boards, and answers as a whole.
const ofOthers: ReadonlySet<string> = new Set([
  ...['added', 'bad-currency', 'changed', 'duplicate', 'no-title', 'removed', 'short-row', 'too-long'],
  ...['too-many-cells', 'too_large', 'internal', 'rounded-key', 'rounded-phone', 'more-clients', 'quota'],
]);

function codesAfter(before: string): string[] {
  const pattern = new RegExp(`${before}'([a-z_-]+)'`, 'g');
  return [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].flatMap(([, code]) => code ?? [])))];
}
