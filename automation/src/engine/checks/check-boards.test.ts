import { describe, expect, it } from 'vitest';
import { makeBoard, stages } from '../../testing.ts';
import type { Stage } from '../board.ts';
import { checkBoard } from './check.ts';

type Entry = Readonly<Record<string, unknown>>;
interface Planted {
  readonly triggers?: readonly Entry[];
  readonly rules?: readonly Entry[];
}

const known = {
  directory: {
    byEmail: { 'anna@example.com': 11 },
    departments: { Sales: [11] },
    roles: { admin: [11] },
    heads: { Sales: 12 },
  },
  references: { mailbox: [3, 'sales@firm.test'] },
};

// A long pipeline, so that a circle of five has room.
const five: readonly Stage[] = ['Asked', 'Called', 'Visited', 'Offered', 'Signed'].map((name, index) => ({
  ...{ id: index + 1, code: `S${index + 1}`, name, kind: 'open' as const, position: index + 1 },
}));
const custom = five.map(({ code }) => ({
  code: code.toLowerCase(),
  kind: 'number' as const,
  name: code,
  custom: true,
}));

const findings = (file: Planted, given: Parameters<typeof makeBoard>[1] = {}) =>
  checkBoard(makeBoard({ ...file }, given), known);

const moveTo = (stage: string, to: string, more: Entry = {}) => ({
  ...{
    id: `${stage}-${to}`,
    name: `${stage} to ${to}`,
    do: 'items/change-stage',
    stage,
    settings: { stage: to },
    ...more,
  },
});
const notify = (id: string, more: Entry = {}) => ({
  ...{
    id,
    name: id,
    do: 'alerts/notify',
    stage: 'OFFER',
    settings: { text: 'Look', recipients: ['field:responsible'] },
  },
  ...more,
});
const mail = (stage: string, more: Entry = {}) => ({
  ...{ id: `mail-${stage}`, name: `Mail ${stage}`, do: 'clients/email', stage },
  settings: { subject: 'Hello {{ client.name }}', text: '{{ item.title }}' },
  ...more,
});
const trigger = (on: string, stage: string, more: Entry = {}) => ({
  id: `${on.replace('/', '-')}-${stage}`,
  name: `${on} ${stage}`,
  on,
  stage,
  ...more,
});

/** Each stage sets a field, and a trigger that hears the field moves on; the last one moves back to the first. */
const circleOfFive: Planted = {
  triggers: five.map(({ code }, index) =>
    trigger('crm/field-changed', five[(index + 1) % 5]?.code ?? '', {
      id: `hears-${code}`,
      settings: { fields: [code.toLowerCase()] },
      allowBack: true,
    }),
  ),
  rules: five.map(({ code }) => ({
    ...{ id: `sets-${code}`, do: 'items/modify', stage: code },
    settings: { changes: [{ field: code.toLowerCase(), value: 1 }] },
  })),
};

describe('8.1 the check finds what is wrong with a bad board', () => {
  it.each<[string, Planted, { code: string; path?: unknown[]; words?: string; ids?: string[] }]>([
    [
      'a cycle of 2',
      { rules: [moveTo('OFFER', 'WARM'), moveTo('WARM', 'OFFER')] },
      {
        code: 'cycle',
        path: ['rules', 0],
        words: 'Offer sent → Interested → Offer sent',
        ids: ['OFFER-WARM', 'WARM-OFFER'],
      },
    ],
    [
      'a cycle of 2 that takes its time',
      { rules: [moveTo('OFFER', 'WARM', { time: { after: '1 day' } }), moveTo('WARM', 'OFFER')] },
      { code: 'cycle', words: 'Offer sent → Interested → Offer sent' },
    ],
    [
      'a trigger at the very first stage that may not move back',
      { triggers: [trigger('email/opened', 'NEW')] },
      { code: 'never-fires', path: ['triggers', 0], words: 'moving back is off' },
    ],
    [
      'a trigger behind the same one',
      {
        triggers: [
          trigger('email/opened', 'WARM', { id: 'a' }),
          trigger('email/opened', 'WARM', { id: 'b', when: { field: 'vip', is: 'equals', value: true } }),
        ],
      },
      { code: 'never-fires', path: ['triggers', 1], ids: ['b'] },
    ],
    [
      'a race',
      { triggers: [trigger('email/opened', 'OFFER', { id: 'a' }), trigger('email/opened', 'WARM', { id: 'b' })] },
      { code: 'race', path: ['triggers', 1], ids: ['a', 'b'], words: 'the earlier stage wins' },
    ],
    [
      'a mailbox that is gone',
      { triggers: [trigger('email/received', 'WARM', { settings: { mailboxes: ['old@firm.test'] } })] },
      { code: 'unknown-reference', path: ['triggers', 0, 'settings', 'mailboxes'], words: 'old@firm.test' },
    ],
    [
      'a recipient who left the company',
      { rules: [notify('tell', { settings: { text: 'Look', recipients: ['bob@example.com'] } })] },
      { code: 'unknown-person', path: ['rules', 0, 'settings', 'recipients'], words: 'bob@example.com', ids: ['tell'] },
    ],
    [
      'a department that was closed',
      { rules: [notify('tell', { settings: { text: 'Look', recipients: ['department:Support'] } })] },
      { code: 'unknown-person', words: 'Support' },
    ],
    [
      'nobody to tell',
      { rules: [notify('tell', { settings: { text: 'Look', recipients: [] } })] },
      { code: 'no-recipient', path: ['rules', 0, 'settings', 'recipients'] },
    ],
    [
      'rules that wait for each other',
      {
        rules: [
          notify('user', { settings: { text: '{{ rules.mail-OFFER.emailId }}', recipients: ['field:responsible'] } }),
          mail('OFFER', { order: 'after previous' }),
        ],
      },
      { code: 'waiting-circle', path: ['rules', 0], ids: ['user', 'mail-OFFER'] },
    ],
    [
      'a reminder after the item was sent on',
      { rules: [moveTo('OFFER', 'WARM', { time: { after: '1 hour' } }), mail('OFFER', { time: { after: '1 day' } })] },
      { code: 'cancelled-before', path: ['rules', 1], ids: ['mail-OFFER', 'OFFER-WARM'], words: 'never runs' },
    ],
    [
      'a mail below the rule that sends the item on at once',
      { rules: [moveTo('OFFER', 'WARM'), mail('OFFER')] },
      { code: 'cancelled-mostly', path: ['rules', 1], words: 'only for items that have just come' },
    ],
    [
      'a chain that is longer than the stay',
      {
        rules: [
          notify('a', { time: { after: '2 hours' } }),
          notify('b', { order: 'after previous', time: { after: '2 hours' } }),
          moveTo('OFFER', 'WARM', { time: { after: '3 hours' } }),
        ],
      },
      { code: 'cancelled-before', path: ['rules', 1], ids: ['b', 'OFFER-WARM'] },
    ],
  ])('%s', (_what, file, { words = '', ...wanted }) => {
    const found = findings(file);
    expect(found).toMatchObject([wanted]);
    expect(found[0]?.message).toContain(words);
  });

  it('a cycle of 5 over rules that modify fields, as a path through all five stages', () => {
    const found = findings(circleOfFive, { stages: five, fields: custom });
    expect(found).toMatchObject([{ code: 'cycle', severity: 'warning', path: ['rules', 0] }]);
    expect(found[0]?.message).toMatch(/: Asked → Called → Visited → Offered → Signed → Asked$/);
    expect(found[0]?.ids).toHaveLength(10);
    const cut = { ...circleOfFive, rules: circleOfFive.rules?.slice(1) ?? [] };
    expect(findings(cut, { stages: five, fields: custom })).toEqual([]);
  });
});

const paid = { field: 'vip', is: 'equals', value: true };

describe('8.1 the check is silent about a good board', () => {
  it.each<[string, Planted]>([
    ['nothing at all', {}],
    [
      'a sale by e-mail: sent, answered, reminded',
      {
        triggers: [trigger('email/sent', 'OFFER'), trigger('email/received', 'WARM', { settings: { mailboxes: [3] } })],
        rules: [
          mail('OFFER', { time: { after: '2 days' }, hours: ['company'] }),
          notify('answered', { stage: 'WARM' }),
        ],
      },
    ],
    [
      'a form for each campaign',
      {
        triggers: [
          trigger('apps/webhook', 'OFFER', { settings: { code: 'spring' } }),
          trigger('apps/webhook', 'WARM', { settings: { code: 'autumn' } }),
        ],
      },
    ],
    [
      'two triggers of one kind, told apart by their conditions',
      {
        triggers: [
          trigger('email/opened', 'OFFER', { when: { field: 'vip', is: 'equals', value: false } }),
          trigger('email/opened', 'WARM', { when: paid }),
        ],
      },
    ],
    [
      'an escalation: two people in turn, then the head of department',
      {
        rules: [
          notify('first', { time: { after: '1 hour' } }),
          notify('second', { time: { after: '4 hours' }, settings: { text: 'Late', recipients: ['supervisor'] } }),
          notify('third', {
            order: 'after previous',
            time: { after: '1 day' },
            settings: { text: 'Very late', recipients: ['head:Sales'] },
          }),
        ],
      },
    ],
    [
      'back to the beginning when the client writes again',
      { triggers: [trigger('email/received', 'NEW', { allowBack: true })], rules: [mail('NEW')] },
    ],
    [
      'a stage that is left after three days, with its reminder before that',
      { rules: [mail('OFFER', { time: { after: '1 day' } }), moveTo('OFFER', 'LOST', { time: { after: '3 days' } })] },
    ],
    [
      'a stage that is left only when paid, and a mail that goes on although it is left',
      {
        rules: [
          moveTo('OFFER', 'WON', { when: paid }),
          notify('unpaid', { time: { after: '1 day' } }),
          mail('OFFER', { time: { after: '1 day' }, onLeave: 'keep' }),
          moveTo('WARM', 'WON'),
          notify('kept', { stage: 'WARM', onLeave: 'keep', time: { after: '1 hour' } }),
        ],
      },
    ],
    [
      'reminders before a visit, and thanks after it',
      {
        rules: [
          mail('WARM', { time: { before: '2 hours', field: 'visitAt' } }),
          notify('thanks', { stage: 'WARM', time: { after: '1 day', field: 'visitAt', empty: 'skip' } }),
          moveTo('WARM', 'WON', { time: { after: '2 days', field: 'visitAt' } }),
        ],
      },
    ],
    [
      'rules switched off that would be a circle and a race',
      {
        triggers: [trigger('email/opened', 'OFFER'), trigger('email/opened', 'WARM', { enabled: false })],
        rules: [moveTo('OFFER', 'WARM'), moveTo('WARM', 'OFFER', { enabled: false })],
      },
    ],
    [
      'a field that a rule changes and another stage’s trigger hears, one way only',
      {
        triggers: [trigger('crm/field-changed', 'WARM', { settings: { fields: ['seats'] } })],
        rules: [
          { id: 'sets', do: 'items/modify', stage: 'OFFER', settings: { changes: [{ field: 'seats', value: 2 }] } },
        ],
      },
    ],
    [
      'what would be a circle, if the trigger might move back',
      {
        triggers: [trigger('crm/field-changed', 'OFFER', { settings: { fields: ['seats'] } })],
        rules: [
          moveTo('OFFER', 'WARM'),
          { id: 'sets', do: 'items/modify', stage: 'WARM', settings: { changes: [{ field: 'seats', value: 2 }] } },
        ],
      },
    ],
  ])('%s', (_what, file) => {
    expect(findings(file, { stages })).toEqual([]);
  });
});
