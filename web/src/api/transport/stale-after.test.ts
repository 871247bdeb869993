import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topics } from '@signalbox/contract/topics.ts';
import { describe, expect, it } from 'vitest';
import { isStale, staleAfter } from './stale-after.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const sources = { 'server/src': read('server/src'), 'web/src': read('web/src') };

describe('what an event of the stream makes stale', () => {
  it.each([
    ['the entries of an item that got one', ['timeline', 12], { topic: 'timeline', kind: 'added', id: 12 }],
    ['the contact that was changed', ['client', 'contact', 5], { topic: 'contacts', kind: 'changed', id: 5 }],
    ['a contact by the text of an address', ['client', 'contact', '5'], { topic: 'contacts', kind: 'changed', id: 5 }],
    ['the list in which a contact stands', ['clients', 'contact', ''], { topic: 'contacts', kind: 'changed', id: 5 }],
    [
      'e-mails after a delivery of their item',
      ['messages', 12, 'email'],
      { topic: 'deliveries', kind: 'sent', id: 12 },
    ],
    [
      'what is offered to be taken back after a letter has left',
      ['runs', 12],
      { topic: 'deliveries', kind: 'sent', id: 12 },
    ],
    ['the channels after one was connected', ['channels', 'mailbox'], { topic: 'channels', kind: 'created', id: 3 }],
    ['every item after very many', ['item', 9], { topic: 'items', kind: 'many', id: 0 }],
    ['everything of a topic after several', ['timeline', 9], { topic: 'timeline', kind: 'added', id: 0 }],
  ])('is %s', (_, queryKey, happening) => {
    expect(isStale(queryKey, [happening])).toBe(true);
  });

  it.each([
    ['the entries of another item', ['timeline', 13], { topic: 'timeline', kind: 'added', id: 12 }],
    ['the company of the same number', ['client', 'company', 5], { topic: 'contacts', kind: 'changed', id: 5 }],
    ['what belongs to another topic', ['clients', 'contact', ''], { topic: 'runs', kind: 'changed', id: 5 }],
    ['anything, when the topic is newer than this page', ['board', 1], { topic: 'planets', kind: 'changed', id: 1 }],
    ['anything, when the topic is called like an object', ['board', 1], { topic: 'toString', kind: 'many', id: 0 }],
  ])('is not %s', (_, queryKey, happening) => {
    expect(isStale(queryKey, [happening])).toBe(false);
  });
});

describe('no topic is said into the void', () => {
  it('is announced by somebody on the server, each of them', () => {
    const announced = found('server/src', /announce\(\s*tx,\s*\{[^}]*?topic: '([a-z-]+)'/g);
    expect(Object.keys(topics).filter((topic) => !announced.has(topic))).toEqual([]);
  });

  it('is heard by a query that exists, each of them', () => {
    const names = found('web/src', /queryKey: \['([^']+)'/g);
    for (const [topic, { all = [], own = [] }] of Object.entries(staleAfter)) {
      const heard = [...all, ...own.map(([name]) => name)];
      expect(heard, topic).not.toEqual([]);
      expect(
        heard.filter((name) => name === undefined || !names.has(name)),
        topic,
      ).toEqual([]);
    }
  });

  it('is behind every query but those whose answer does not change under one’s eyes', () => {
    const refreshed = new Set(Object.values(staleAfter).flatMap(({ all = [], own = [] }) => [...all, ...own.flat()]));
    const waiting = [...found('web/src', /queryKey: \['([^']+)'/g)].filter((name) => !refreshed.has(name));
    expect(waiting.toSorted()).toEqual(still.toSorted());
  });
});

/** One's own settings, what is asked once for a dialog or at each visit, and what follows by itself (an import asks again while it runs). */
const still = [
  ...['absences', 'audit', 'calendar', 'factors', 'keys', 'new totp', 'quotas', 'workday'],
  ...['automation-fit', 'conversion', 'email-images', 'file', 'name of', 'own sessions', 'search'],
  ...['countries', 'holidays', 'invitation', 'machines', 'reset', 'second step', 'setup'],
  'import',
];

function found(folder: keyof typeof sources, pattern: RegExp): Set<string> {
  return new Set(sources[folder].flatMap((text) => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])));
}

function read(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/test/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}
