import fs from 'node:fs';
import path from 'node:path';
import { signalKinds } from '@signalbox/automation/signals/index.ts';
import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import { describe, expect, it, test } from 'vitest';
import { checkChannelSettings } from '../connections/channel-settings.ts';
import type { Part } from '../parts/part.ts';
import { UserError } from '../platform/errors.ts';
import { findPortMaker, portNames } from '../ports/make-ports.ts';
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
  .filter((file) => /^scenes\/.*\.ts$/.test(file))
  .map((file) => fs.readFileSync(path.join(root, 'e2e', file), 'utf8'));
const house: House = {
  kinds: channelKind.options,
  announced,
  parts,
  sandboxed: channelKind.options.filter(canBeSandboxed),
  ofClients: signalKinds.flatMap(({ channelKind: of, tie }) => (of === null || tie === 'direct' ? [] : of)),
  put: [...new Set(found(server, /putInOutbox\(tx, \{\s*kind: '([\w-]+)'/g))],
  drawn: found(sources('web/src/features/items'), /^\s+'?([\w-]+)'?: \w+Entry,$/gm),
  scenes: found(sceneFiles, /\bname: '([\w-]+)'/g),
  files: list('server/src/channels'),
  pages: list('web/src/features/sandbox').flatMap((file) => /^([\w-]+)\/page\.tsx$/.exec(file)?.[1] ?? []),
  portsUsed: portNames,
  portsMade: portNames.filter((name) => findPortMaker(name) !== undefined),
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
    [
      'a kind that no part carries',
      withEmail({ channels: [] }),
      'mailbox: no part carries it; it belongs among the channels of a part.ts',
    ],
    [
      'a kind that two parts carry',
      { ...house, parts: [...parts, { name: 'post', channels: ['mailbox'] }] },
      'mailbox: several parts carry it',
    ],
    [
      'a new kind without anything',
      { ...house, kinds: [...house.kinds, 'fax'] },
      'fax: no part carries it; it belongs among the channels of a part.ts',
    ],
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
    ['a kind without a page', { ...house, pages: [] }, 'mailbox: no web/src/features/sandbox/mailbox/page.tsx'],
    [
      'a part that is in no list',
      { ...house, files: [...house.files, 'fax/part.ts'] },
      'fax: its part.ts has no line in server/src/channels/index.ts',
    ],
    [
      'a port that nobody gives',
      { ...house, portsMade: [] },
      'mail: a rule uses this port and no part has it among its ports',
    ],
    ['a kind that cannot be tried', { ...house, sandboxed: [] }, 'mailbox: no sandbox among its providers'],
    ['a part without a sandbox', withEmail({ sandbox: undefined }), 'email: no sandbox routes in its part.ts'],
    [
      'a part that ties nothing of its clients',
      withEmail({ bind: undefined }),
      'email: its signals may know only the client, and no bind in its part.ts shows them on the items chosen',
    ],
    ['a part that nobody sees on a timeline', withEmail({ entries: [] }), 'email: no timeline entry in its part.ts'],
    [
      'an entry that nothing draws',
      { ...house, drawn: [] },
      'email: nothing draws the entry email-opened; it belongs into an entries.ts of web/src/features/items/entries',
    ],
    [
      'a part that no walk passes',
      withEmail({ scenes: [] }),
      'email: no scene of the walk over the screens in its part.ts',
    ],
    [
      'a scene that is gone',
      withEmail({ scenes: ['attic'] }),
      'email: there is no scene attic; it belongs into e2e/scenes',
    ],
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
