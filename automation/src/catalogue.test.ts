import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { verdictCodes } from './engine/verdict.ts';
import { type SayingFacts, verdictInWords } from './engine/verdict-words.ts';
import { type Language, languages } from './kit/words/languages.ts';
import { fields, stages } from './testing.ts';

describe('the catalogue', () => {
  it('gives names, lines, settings and choices in the language asked for', () => {
    const entry = catalogue('pl').triggers.find(({ key }) => key === 'email/sent');
    expect(entry).toMatchObject({ name: 'Śledź wiadomość e-mail do klienta', icon: 'send', group: 'communication' });
    expect(entry?.fields).toMatchObject([
      {
        name: 'sentBy',
        label: 'Wysłane przez',
        control: 'choice',
        required: false,
        default: 'people',
        choices: [{ value: 'people', label: 'Pracowników' }, {}, {}],
      },
    ]);
    expect(entry?.synonyms).toContain('E-mail sent to the client');
  });

  it('names the groups as the seeds do', () => {
    const names = (language: (typeof languages)[number]) =>
      catalogue(language)
        .groups.slice(0, 2)
        .map(({ name }) => name);
    expect(names('it')).toEqual(['Comunicazione con i clienti', 'Modifiche nel CRM']);
    expect(names('pt')).toEqual(['Comunicação com o cliente', 'Alterações no CRM']);
  });

  it.each(languages)('is plain JSON (%s)', (language) =>
    expect(JSON.parse(JSON.stringify(catalogue(language)))).toEqual(catalogue(language)),
  );

  it('has the names of the seeds letter for letter', () => {
    const names = (language: (typeof languages)[number]) =>
      Object.fromEntries(
        [...catalogue(language).triggers, ...catalogue(language).rules].map(({ key, name }) => [key, name]),
      );
    expect(names('pl')).toMatchObject({
      'chat/reaction-time': 'Śledź czas zaakceptowania na czacie',
      'documents/opened': 'Otwarto dokument',
      'alerts/comment': 'Dodaj komentarz do pozycji',
      'items/change-responsible': 'Zmień osobę odpowiedzialną',
    });
    expect(names('es')).toMatchObject({
      'email/opened': 'Seguimiento de la visualización del mensaje de correo',
      'telephony/missed-call': 'Seguimiento de una llamada perdida',
    });
    expect(names('pt')).toMatchObject({
      'crm/responsible-changed': 'Alteração da pessoa responsável',
      'payments/order-paid': 'Pagamento do pedido',
      'apps/app': 'Gatilho de App',
    });
    expect(names('it')).toMatchObject({ 'crm/field-changed': 'Monitora modifiche valore campo' });
  });
});

const facts = (language: Language): SayingFacts => ({
  ...{ language, timeZone: 'Europe/Warsaw', fields, stages },
  person: () => undefined,
});

describe('verdicts in words', () => {
  const verdict = {
    trigger: 't',
    key: 'email/sent',
    name: 'Sent',
    stage: 'WARM',
    detail: { setting: 'sentBy', wanted: 'people', got: 'rules', part: { field: 'seats', is: 'at least', value: 5 } },
  } as const;

  it('names the setting, what it wants and what came', () => {
    expect(verdictInWords({ ...verdict, verdict: 'settings' }, facts('en'))).toBe(
      'the setting Sent by wants People, but it was Automation rules',
    );
  });

  it('names the failing part, both values and why', () => {
    const detail = { part: verdict.detail.part, got: 3, note: 'no rate for USD' };
    expect(verdictInWords({ ...verdict, verdict: 'condition', detail }, facts('en'))).toBe(
      "whether the condition is met can't be told: Seats is at least 5 (it was 3). There is no exchange rate for USD",
    );
  });

  it('has a sentence for every verdict in every language', () => {
    for (const language of languages)
      for (const code of verdictCodes)
        expect(verdictInWords({ ...verdict, verdict: code }, facts(language))).not.toMatch(/[{}]/);
  });
});
