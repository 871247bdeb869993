import { describe, expect, it } from 'vitest';
import { pathText } from '../../kit/settings/problems.ts';
import type { FieldKind, FieldSpec } from '../../kit/values/values.ts';
import { fields as known, makeSource } from '../../testing.ts';
import { checkBoard } from '../checks/check.ts';
import { bindBoard } from './bind.ts';

const field = (code: string, kind: FieldKind): FieldSpec => ({ code, kind, name: code, custom: true });
const fields = [...known, field('mail', 'email'), field('site', 'link'), field('payer', 'client')];
const bind = (file: Readonly<Record<string, unknown>>) =>
  bindBoard(makeSource(file, { fields, isPerson: (name) => ['11', 'anna@example.com'].includes(name) }));
const problems = (file: Readonly<Record<string, unknown>>) =>
  bind(file).problems.map(({ path, code }) => [pathText(path), code]);
const written = (name: string, value: unknown, mode = 'replace') =>
  problems({ rules: [{ do: 'items/modify', stage: 'WARM', settings: { changes: [{ field: name, value, mode }] } }] });

describe('8.1 a rule that would fail every time', () => {
  it.each([
    ['seats', 'many', 'fit-number'],
    ['amount', '5 zł', 'fit-money'],
    ['deliveryDate', '2026-02-31', 'fit-day'],
    ['deliveryDate', 'today', 'fit-day'],
    ['visitAt', 'tomorrow at nine', 'fit-day'],
    ['vip', 'maybe', 'fit-yes-no'],
    ['source', 'FAX', 'fit-option'],
    ['mail', 'anna', 'fit-email'],
    ['site', 'our site', 'fit-link'],
    ['payer', 'deal:5', 'fit-client'],
    ['responsible', 999, 'fit-person'],
    ['responsible', 'gone@example.com', 'fit-person'],
    ['observers', ['anna@example.com', 'gone@example.com'], 'fit-person'],
    ['title', ' ', 'required'],
    ['vip', ['yes', 'no'], 'fit-yes-no'],
    ['seats', [1, 2], 'fit-number'],
    ['source', ['Web', 'Call'], 'fit-option'],
  ])('writes %s as %j: %s', (name, value, code) => {
    expect(written(name, value)).toEqual([['rules[0].settings.changes[0].value', code]]);
  });

  it.each([
    ['seats', '12'],
    ['seats', '{{ item.title }}'],
    ['amount', '7.50 eur'],
    ['deliveryDate', '2026-02-28'],
    ['deliveryDate', null],
    ['source', 'Web'],
    ['responsible', 'supervisor'],
    ['responsible', 'anna@example.com'],
    ['observers', [11, 'department:Sales']],
    ['tags', ['a', '{{ client.name }}']],
    ['seats', [1]],
    ['responsible', ['supervisor', 'anna@example.com']],
  ])('writes %s as %j: nothing', (name, value) => expect(written(name, value)).toEqual([]));

  it('appends to what holds one value', () => {
    expect(written('seats', 1, 'append')).toEqual([['rules[0].settings.changes[0].mode', 'append-one']]);
    expect(written('tags', 'hot', 'append')).toEqual([]);
  });

  it('waits for a change to what none of its fields can be', () => {
    const trigger = (chosen: readonly string[], to: readonly unknown[]) =>
      problems({ triggers: [{ on: 'crm/field-changed', stage: 'WARM', settings: { fields: chosen, to } }] });
    expect(trigger(['source'], ['FAX'])).toEqual([['triggers[0].settings.to[0]', 'fit-option']]);
    expect(trigger(['seats'], [1, 'many'])).toEqual([['triggers[0].settings.to[1]', 'fit-number']]);
    expect(trigger(['seats', 'title'], ['many'])).toEqual([]);
    expect(trigger(['deliveryDate'], [null, 'today'])).toEqual([]);
  });

  it.each(['createdAt', 'stage', 'client', 'id', 'pipeline'])(
    'waits for a change of %s, which none ever tells',
    (name) => {
      const trigger = { on: 'crm/field-changed', stage: 'WARM', settings: { fields: ['title', name] } };
      expect(problems({ triggers: [trigger] })).toEqual([['triggers[0].settings.fields[1]', 'never-changes']]);
      expect(bindBoard(makeSource({ triggers: [trigger] }, { lenient: true })).problems).toEqual([]);
    },
  );
});

describe('8.1 the check', () => {
  const warnings = (file: Readonly<Record<string, unknown>>) =>
    checkBoard(bind(file).board, { money: { currency: 'PLN', rates: { EUR: '4.30' } } }).map(({ code, path }) => [
      ...[code, pathText(path)],
    ]);

  it('tells a rule that sends the item where it is', () => {
    const rule = { do: 'items/change-stage', stage: 'WARM', settings: { stage: 'WARM' } };
    expect(warnings({ rules: [rule] })).toEqual([['stays-put', 'rules[0].settings.stage']]);
    expect(warnings({ rules: [{ ...rule, enabled: false }] })).toEqual([]);
  });

  it('tells a currency without a rate', () => {
    const when = (value: unknown) => ({
      triggers: [
        { on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' }, when: { field: 'amount', is: 'less', value } },
      ],
    });
    expect(warnings(when('1000 USD'))).toEqual([['no-rate', 'triggers[0].when']]);
    expect(warnings(when({ amount: '1', currency: 'USD' }))).toEqual([['no-rate', 'triggers[0].when']]);
    for (const known of [1000, '1000', '1000 PLN', '1000 eur']) expect(warnings(when(known))).toEqual([]);
  });

  describe('tells a condition that asks what is so of no item here', () => {
    const rule = { do: 'alerts/notify', stage: 'WARM', settings: { text: 'Look', recipients: ['responsible'] } };
    const never = (when: object, more: object = {}) => warnings({ rules: [{ ...rule, when, ...more }] });

    it.each<[string, string, unknown, string?, unknown?]>([
      ['type', 'equals', 'lead'],
      ['type', 'in', ['invoice', 'quote']],
      ['id', 'less', 1],
      ['createdAt', 'greater', 'today + 2 days'],
      ['item.createdAt', 'within next', '0 days', 'greater', 'today'],
      ['now', 'less', 'yesterday'],
    ])('%s %s %j', (field, is, value, also = is, other = value) => {
      const when = {
        all: [
          { field, is, value },
          { field, is: also, value: other },
        ],
      };
      expect(never(when).map(([code]) => code)).toEqual([expect.stringMatching(/^never-true/)]);
    });

    it.each([
      ['type', 'equals', 'Deal'],
      ['id', 'greater', 1],
      ['createdAt', 'within last', '2 days'],
      ['createdAt', 'greater', '2026-12-01'],
      ['updatedAt', 'greater', 'today'],
      ['now', 'at least', 'start of month'],
      ['now', 'weekday', ['sat', 'sun']],
    ])('and no other: %s %s %j', (field, is, value) => {
      expect(never({ field, is, value })).toEqual([]);
    });

    it('of a rule another stage than its own, unless it is kept when the item leaves', () => {
      const stage = { field: 'stage', is: 'equals', value: 'NEW' };
      expect(never(stage)).toEqual([['never-on-its-stage', 'rules[0].when']]);
      expect(never({ not: { ...stage, value: 'WARM' } })).toEqual([['never-on-its-stage', 'rules[0].when.not']]);
      expect(never({ any: [stage, { field: 'title', is: 'is filled' }] })).toEqual([]);
      expect(never({ ...stage, value: 'warm' })).toEqual([]);
      expect(never(stage, { onLeave: 'keep' })).toEqual([]);
    });

    const wait = { id: 'wait', do: 'flow/wait', stage: 'WARM' };
    const until = { until: 'condition', condition: { field: 'amount', is: 'is filled' } };
    const asked = [
      { field: 'stage', is: 'equals', value: 'NEW' },
      { field: 'createdAt', is: 'greater', value: 'today' },
    ];
    it.each<[string, object, object?]>([
      ['at once', {}],
      ['after nothing', { time: { after: '0 minutes' } }],
      ['behind another that runs at once', { order: 'after previous' }, rule],
      ['behind one that is off', { order: 'after previous' }, { ...rule, enabled: false, time: { after: '1 day' } }],
      ['beside one that comes later', {}, { ...rule, time: { after: '1 day' } }],
    ])('of a rule that runs with the entry, where it stands and when it was made: %s', (_, more, above) => {
      const codes = asked.map((when) =>
        warnings({ rules: [...(above === undefined ? [] : [above]), { ...rule, when, ...more }] }).map(
          ([code]) => code,
        ),
      );
      expect(codes).toEqual([['never-on-its-stage'], ['never-true-here']]);
    });

    // It may be overdue when a person moves the item and is carried out then, as of its own moment (5.1).
    it.each<[string, object, object?]>([
      ['after a while', { time: { after: '1 day' } }],
      ['before a date', { time: { before: '1 day', field: 'deliveryDate' } }],
      ['at a date', { time: { at: { field: 'deliveryDate' } } }],
      ['in working time', { hours: ['company'] }],
      ['behind one that comes later', { order: 'after previous' }, { ...rule, time: { after: '1 day' } }],
      ['behind one that waits', { order: 'after previous' }, { ...wait, settings: until }],
    ])('but of none that comes later: %s', (_, more, above) => {
      for (const when of [...asked, { field: 'updatedAt', is: 'at least', value: 'tomorrow' }])
        expect(warnings({ rules: [...(above === undefined ? [] : [above]), { ...rule, when, ...more }] })).toEqual([]);
    });

    it('nor of a trigger, whose signal may be told late', () => {
      for (const field of ['createdAt', 'updatedAt']) {
        const when = { field, is: 'greater', value: 'today' };
        expect(warnings({ triggers: [{ on: 'email/opened', stage: 'WARM', when }] })).toEqual([]);
      }
    });

    it('of a trigger a signal that it does not hear', () => {
      const on = (value: unknown) =>
        warnings({
          triggers: [
            {
              ...{ on: 'email/opened', stage: 'WARM' },
              when: { field: 'signal.kind', is: 'equals', value },
            },
          ],
        });
      expect(on('call.ended')).toEqual([['never-true-here', 'triggers[0].when']]);
      expect(on('email.opened')).toEqual([]);
    });
  });

  it('refuses a change that changes nothing and a time that is over at once', () => {
    const when = (is: string, value: unknown, field = 'seats') =>
      problems({
        triggers: [
          {
            on: 'crm/field-changed',
            stage: 'WARM',
            settings: { fields: ['seats', 'title'] },
            when: { field, is, value },
          },
        ],
      });
    const [same] = [['triggers[0].when.value', 'same-ends']];
    expect(when('changed', { from: 5, to: 5 })).toEqual([same]);
    expect(when('changed', { from: 'Big', to: 'big ' }, 'title')).toEqual([same]);
    expect(when('changed', { from: null, to: null })).toEqual([same]);
    expect(when('time of day', ['09:00', '09:00'], 'now')).toEqual([same]);
    expect(when('changed', { from: 5, to: [5, 6] })).toEqual([]);
    expect(when('changed', { from: 'a', to: 'a' }, 'tags')).toEqual([]);
    expect(when('changed', { from: 5 })).toEqual([]);
    expect(when('time of day', ['22:00', '06:00'], 'now')).toEqual([]);
  });

  describe('tells a condition about the stage', () => {
    const on = (is: string, value: unknown, more: object = {}) =>
      warnings({
        triggers: [
          { on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' }, when: { field: 'stage', is, value }, ...more },
        ],
      });

    it.each([
      ['equals', 'WARM', {}],
      ['equals', 'won', {}],
      ['in', ['WON', 'LOST'], {}],
      ['not in', ['NEW', 'OFFER'], {}],
      ['equals', 'WARM', { allowBack: true }],
    ])('from which it never moves: %s %j', (is, value, more) => {
      expect(on(is, value, more)).toEqual([['never-from-there', 'triggers[0].when']]);
    });

    it.each([
      ['equals', 'new', {}],
      ['in', ['WON', 'OFFER'], {}],
      ['not equals', 'WARM', {}],
      ['equals', 'WON', { allowBack: true }],
    ])('and none from which it does: %s %j', (is, value, more) => expect(on(is, value, more)).toEqual([]));

    it('at the part that asks for it', () => {
      const when = {
        all: [{ field: 'title', is: 'is filled' }, { not: { field: 'item.stage', is: 'not equals', value: 'WON' } }],
      };
      expect(warnings({ triggers: [{ on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' }, when }] })).toEqual([
        ['never-from-there', 'triggers[0].when.all[1].not'],
      ]);
    });
  });
});
