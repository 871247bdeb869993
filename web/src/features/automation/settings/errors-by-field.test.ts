import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Say } from '../../../controls/words/setting-in-words.ts';
import automation from '../../../i18n/automation/pl.json' with { type: 'json' };
import texts from '../../../i18n/pl.json' with { type: 'json' };
import { inWords } from './errors-by-field.ts';

let t: Say;
beforeAll(async () => {
  await i18next.init({ lng: 'pl', resources: { pl: { translation: texts, automation } } });
  t = i18next.getFixedT('pl', 'automation');
});

describe('what is wrong with a card, in the language on screen', () => {
  it.each([
    ['unknown-name', { name: 'titel' }, 'Nazwa „titel” nie jest tu znana. Wybierz ją z listy pól.'],
    [
      'template',
      { name: 'item.titel', line: 1, column: 4 },
      'Nazwa „item.titel” nie jest tu znana. Wybierz ją z listy pól.',
    ],
    ['never-fires', { other: 'Śledź' }, 'Nigdy nie zadziała: „Śledź” nad nim zawsze jest pierwszy.'],
    ['cycle', { stages: 'Nowe → Oferta → Nowe' }, 'Etapy mogą się zapętlić: Nowe → Oferta → Nowe.'],
  ])('%s names what is meant', (code, params, words) => {
    expect(inWords({ code, message: 'English', params }, t)).toBe(words);
  });

  it('a trigger that can never move anything back says so', () => {
    expect(inWords({ code: 'never-fires', message: 'English' }, t)).toContain('cofanie jest wyłączone');
  });

  it('finds the words that every screen shares', () => {
    expect(inWords({ code: 'unknown-file', message: 'English' }, t)).toBe('Tego pliku tu nie ma. Wybierz inne.');
  });

  it("uses the server's sentence where the words would have a gap or there are none", () => {
    expect(inWords({ code: 'race', message: 'English' }, t)).toBe('English');
    expect(inWords({ code: 'brand-new', message: 'English' }, t)).toBe('English');
  });
});
