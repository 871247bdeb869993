import { describe, expect, it } from 'vitest';
import { fieldKinds } from '../values/values.ts';
import { Impossible } from './impossible.ts';
import { languages } from './languages.ts';
import strings from './reasons.strings.json' with { type: 'json' };
import { because, type Reason, readReason, reasonInWords, reasonParams, reasonText } from './reasons.ts';

const samples: readonly Reason[] = Object.entries(reasonParams).flatMap(([code, names]) => {
  const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
  return readReason({ code, params }) ?? [];
});

describe('the reasons why a run comes to nothing (semantics.md 5.10)', () => {
  it.each(languages)('have words and the same advice in %s', (language) => {
    expect(samples).toHaveLength(Object.keys(reasonParams).length);
    for (const reason of samples) {
      const { what, todo } = reasonInWords(reason, language);
      expect(what, reason.code).not.toBe('');
      expect(`${what} ${todo}`, reason.code).not.toMatch(/[{}]/);
      expect(todo === '', reason.code).toBe(reasonInWords(reason, 'en').todo === '');
      for (const value of Object.values(reason.params)) expect(what, reason.code).toContain(value);
    }
  });

  it.each(languages)('have no words too many in %s, and a name for every kind of field', (language) => {
    expect(Object.keys(strings[language].reasons).toSorted()).toEqual(Object.keys(reasonParams).toSorted());
    expect(Object.keys(strings[language].kinds).toSorted()).toEqual([...fieldKinds, 'currency'].toSorted());
  });

  it('are said in words that differ from the English ones', () => {
    for (const language of languages.filter((one) => one !== 'en'))
      for (const reason of samples)
        expect(reasonInWords(reason, language).what, reason.code).not.toBe(reasonText(reason));
  });

  it('hold what others answered without half letters and NULs, which no database keeps', () => {
    const answer = 'No \0 such 😀'.slice(0, -1);
    expect(because('server-said', { answer }).params).toEqual({ answer: 'No  such \ufffd' });
  });

  it('name fields, settings and kinds as the reader knows them', () => {
    const misfit = because('misfit', { value: 'soon', field: 'deliveryDate', kind: 'date' });
    const names = { field: (code: string) => (code === 'deliveryDate' ? 'Data dostawy' : code) };
    expect(reasonInWords(misfit, 'pl', names).what).toBe('„soon” nie pasuje do pola „Data dostawy” (data)');
    const empty = because('setting-empty', { setting: 'subject' });
    expect(reasonInWords(empty, 'pl', { setting: () => 'Temat' }).what).toBe('ustawienie „Temat” jest puste');
  });

  it('are stored and read again; what is unknown here is none', () => {
    const reason = because('no-mailbox', { mailbox: 3 });
    expect(readReason(JSON.parse(JSON.stringify(reason)))).toEqual(reason);
    for (const other of [null, 'text', { code: 'toString', params: {} }, { code: 'loop', params: { stages: ['A'] } }])
      expect(readReason(other)).toBeNull();
  });

  it('keep their English text as the message of what was thrown', () => {
    expect(new Impossible(because('no-address'))).toMatchObject({
      message: 'the client has no e-mail address',
      reason: { code: 'no-address', params: {} },
    });
  });
});
