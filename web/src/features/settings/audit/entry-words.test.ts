import { type AuditEntry, auditKinds } from '@signalbox/contract/audit.ts';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import en from '../../../i18n/audit/en.json' with { type: 'json' };
import pl from '../../../i18n/audit/pl.json' with { type: 'json' };
import common from '../../../i18n/en.json' with { type: 'json' };
import { type AuditT, entryInWords, whoActed } from './entry-words.ts';

async function speak(language: 'en' | 'pl'): Promise<AuditT> {
  const i18n = createInstance();
  const resources = { en: { audit: en, translation: common }, pl: { audit: pl, translation: common } };
  await i18n.init({ lng: language, resources, interpolation: { escapeValue: false } });
  return i18n.getFixedT(language, ['audit', 'translation']);
}

const entry: AuditEntry = {
  ...{ id: 1, at: '2026-12-01T10:00:00Z', until: '2026-12-01T10:00:00Z', times: 1, kind: 'roles-given' },
  by: { via: 'session', person: { id: 1, name: 'Anna' }, name: null, seenBy: null, session: null, addresses: [] },
  on: { kind: 'person', id: '2', name: 'Piotr' },
  params: { roles: 'Sales' },
  ...{ changes: [], rows: null },
};
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

describe('a row of the audit log', () => {
  it('is a sentence in the language of its reader', async () => {
    expect(plain(entryInWords(entry, await speak('en')))).toBe('Anna gave Piotr the role Sales');
    expect(plain(entryInWords(entry, await speak('pl')))).toBe('Anna nadaje osobie Piotr rolę Sales');
  });

  it('has a sentence for every kind', () => {
    expect(Object.keys(en.kinds).sort()).toEqual([...auditKinds].sort());
  });

  it.each([
    [{ via: 'key', name: 'n8n' }, 'Anna (key n8n)'],
    [{ via: 'rule', name: 'Say thanks' }, 'The rule Say thanks'],
    [{ via: 'command', person: null }, 'The command line'],
    [{ via: 'product', person: null }, 'Signalbox'],
    [{ via: 'nobody', person: null }, 'Somebody'],
    [{ seenBy: { id: 3, name: 'Olga' } }, 'Olga (as Anna)'],
  ] satisfies [Partial<AuditEntry['by']>, string][])('says who by %j', async (by, words) => {
    expect(plain(whoActed({ by: { ...entry.by, ...by } }, await speak('en')))).toBe(words);
  });

  it('keeps a name that wants to turn the sentence round to itself', async () => {
    const hostile = { ...entry, on: { kind: 'person', id: '2', name: '\u202E<script>' } } satisfies AuditEntry;
    expect(entryInWords(hostile, await speak('en'))).toBe(
      '\u2068Anna\u2069 gave \u2068\u202E<script>\u2069 the role \u2068Sales\u2069',
    );
  });
});
