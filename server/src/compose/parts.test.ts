import fs from 'node:fs';
import path from 'node:path';
import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import { describe, expect, it, test } from 'vitest';
import { checkChannelSettings } from '../connections/channel-settings.ts';
import type { Part } from '../parts/part.ts';
import { UserError } from '../platform/errors.ts';
import { announced, parts } from './parts.ts';
import { checkParts, type House } from './parts-check.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const list = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'));
const sources = (folder: string) =>
  list(folder)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|testing/.test(file))
    .map((file) => fs.readFileSync(path.join(root, folder, file), 'utf8'));
const found = (texts: readonly string[], pattern: RegExp) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));

const server = sources('server/src');
// Read, not imported: they run in a browser's world.
const sceneFiles = list('e2e')
  .filter((file) => file.startsWith('scenes'))
  .map((file) => fs.readFileSync(path.join(root, 'e2e', file), 'utf8'));
const house: House = {
  kinds: channelKind.options,
  announced,
  parts,
  sandboxed: channelKind.options.filter(canBeSandboxed),
  put: [...new Set(found(server, /putInOutbox\(tx, \{\s*kind: '([\w-]+)'/g))],
  drawn: found(sources('web/src/features/items'), /^\s+'?([\w-]+)'?: \w+Entry,$/gm),
  scenes: found(sceneFiles, /\bname: '([\w-]+)'/g),
  files: list('server/src/channels'),
};

test('every part of the house is whole', () => {
  expect(checkParts(house)).toEqual([]);
});

test('each thing that is put in the outbox says its kind where it is put, so that the check sees it', () => {
  const calls = found(server, /[^.\w](putInOutbox)\((?!\n?\s*tx: Tx)/g);
  expect(calls.length).toBeGreaterThan(0);
  expect(found(server, /putInOutbox\(tx, \{\s*kind: '([\w-]+)'/g)).toHaveLength(calls.length);
});

/** The house with e-mail changed. */
const withEmail = (change: Partial<Part>): House => ({
  ...house,
  parts: parts.map((part) => (part.name === 'email' ? { ...part, ...change } : part)),
});
describe('the check names', () => {
  it.each<[string, House, string]>([
    ['a kind that no part carries', withEmail({ channels: [] }), 'mailbox: no part carries it'],
    [
      'a kind that two parts carry',
      { ...house, parts: [...parts, { name: 'post', channels: ['mailbox'] }] },
      'mailbox: several parts carry it',
    ],
    ['a new kind without anything', { ...house, kinds: [...house.kinds, 'pager'] }, 'pager: no part carries it'],
    [
      'an announced kind that is built',
      { ...house, announced: [...announced, 'mailbox'] },
      'mailbox: is built, take it off',
    ],
    [
      'an announced kind that is gone',
      { ...house, announced: [...announced, 'pigeon'] },
      'pigeon: announced, but no kind',
    ],
    ['a kind that cannot be tried', { ...house, sandboxed: [] }, 'mailbox: no sandbox among its providers'],
    ['a part without a sandbox', withEmail({ sandbox: undefined }), 'email: no sandbox'],
    ['a part that nobody sees on a timeline', withEmail({ entries: [] }), 'email: no timeline entry'],
    [
      'an entry that nothing draws',
      withEmail({ entries: ['email-eaten'] }),
      'email: nothing draws the entry email-eaten',
    ],
    ['a part that no walk passes', withEmail({ scenes: [] }), 'email: no scene in the walk over the screens'],
    ['a scene that is gone', withEmail({ scenes: ['attic'] }), 'email: there is no scene attic'],
    [
      'an event without a fixture',
      withEmail({ events: { postman: ['rang'] } }),
      'email: no fixture email/fixtures/postman/rang.json',
    ],
    ['an outbox row that nothing sends', withEmail({ senders: {} }), 'mail: is put in the outbox and nothing sends it'],
    ['a sender of nothing', { ...house, put: [] }, 'mail: has a sender and nothing puts it in the outbox'],
    [
      'a sender too many',
      { ...house, parts: [...parts, { name: 'post', senders: emailSenders() }] },
      'mail: two senders',
    ],
    ['a name given twice', { ...house, parts: [...parts, { name: 'email' }] }, 'email: two parts of that name'],
  ])('%s', (_, broken, line) => expect(checkParts(broken)).toContain(line));
});

/** Settings are asked for what they lack only when the kind has such a provider. */
function canBeSandboxed(kind: ChannelKind): boolean {
  try {
    checkChannelSettings({ kind, provider: 'sandbox', settings: {} });
    return true;
  } catch (error) {
    return !(error instanceof UserError && error.errors.some(({ path: at }) => at === 'provider'));
  }
}

function emailSenders() {
  return parts.find(({ name }) => name === 'email')?.senders ?? {};
}
