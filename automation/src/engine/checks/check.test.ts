import { describe, expect, it } from 'vitest';
import { pathText } from '../../kit/settings/problems.ts';
import { makeBoard, makeItem, stages, workspace } from '../../testing.ts';
import { dueAtEntry } from '../due-at-entry.ts';
import { chainsOf } from '../rule-chains.ts';
import { checkBoard } from './check.ts';

type File = Parameters<typeof makeBoard>[0];
const codes = (file: File, given: Parameters<typeof makeBoard>[1] = {}) =>
  checkBoard(makeBoard(file, given)).map(({ code }) => code);
const rule = (stage: string, settings: Readonly<Record<string, unknown>>, key = 'items/change-stage') => ({
  do: key,
  stage,
  settings,
});
const notify = (id: string, given: Readonly<Record<string, unknown>> = {}) => ({
  id,
  do: 'alerts/notify',
  stage: 'WARM',
  settings: { text: 'Hi' },
  ...given,
});

describe('8.1 the check of a board', () => {
  it('finds nothing wrong with a plain board', () => {
    expect(
      codes({
        triggers: [
          { on: 'email/opened', stage: 'WARM' },
          { on: 'email/sent', stage: 'OFFER' },
        ],
        rules: [notify('a')],
      }),
    ).toEqual([]);
  });

  it('3.4 wants won and lost last', () => {
    const mixed = stages.map((stage) => (stage.code === 'OFFER' ? { ...stage, kind: 'won' as const } : stage));
    expect(checkBoard(makeBoard({}, { stages: mixed }))).toMatchObject([
      { severity: 'error', code: 'closed-not-last', path: ['stages', 2] },
    ]);
  });

  it('lets a task have no observers', () => {
    const task = notify('a', { do: 'tasks/create', settings: { title: 'Weigh the ropes' } });
    expect(checkBoard(makeBoard({ rules: [task] }))).toEqual([]);
  });

  it('tells a missing recipient', () => {
    expect(checkBoard(makeBoard({ rules: [notify('a', { settings: { text: 'Hi', recipients: [] } })] }))).toMatchObject(
      [{ severity: 'error', code: 'no-recipient', path: ['rules', 0, 'settings', 'recipients'], ids: ['a'] }],
    );
  });

  it('tells a trigger that can never fire', () => {
    expect(codes({ triggers: [{ on: 'email/opened', stage: 'NEW' }] })).toEqual(['never-fires']);
    expect(codes({ triggers: [{ on: 'email/opened', stage: 'NEW', allowBack: true }] })).toEqual([]);
    expect(
      codes({
        triggers: [
          { on: 'email/opened', stage: 'WARM' },
          { on: 'email/opened', stage: 'WARM' },
        ],
      }),
    ).toEqual(['never-fires']);
  });

  it('6 tells a condition whose parts exclude each other, where the second of them stands', () => {
    const all = [{ field: 'amount', is: 'greater', value: 5 }, { any: [{ field: 'amount', is: 'less', value: 3 }] }];
    const trigger = { on: 'email/opened', stage: 'WARM' };

    expect(checkBoard(makeBoard({ triggers: [{ ...trigger, when: { all } }] }))).toMatchObject([
      {
        ...{ severity: 'warning', code: 'never-true', params: { name: 'amount' } },
        path: ['triggers', 0, 'when', 'all', 1, 'any', 0],
      },
    ]);
    expect(codes({ rules: [notify('a', { when: { all } })] })).toEqual(['never-true']);
    expect(codes({ triggers: [{ ...trigger, when: { any: all } }] })).toEqual([]);
    expect(codes({ triggers: [{ ...trigger, enabled: false, when: { all } }] })).toEqual([]);
  });

  it('tells two triggers that race', () => {
    const race = [
      { id: 'a', on: 'email/opened', stage: 'OFFER' },
      { id: 'b', on: 'email/opened', stage: 'WARM' },
    ];
    expect(checkBoard(makeBoard({ triggers: race }))).toMatchObject([
      { severity: 'warning', code: 'race', ids: ['a', 'b'] },
    ]);
    expect(
      codes({ triggers: race.map((trigger, index) => ({ ...trigger, settings: { firstOnly: index === 0 } })) }),
    ).toEqual([]);
    expect(codes({ triggers: race.map((trigger) => ({ ...trigger, enabled: trigger.id === 'a' })) })).toEqual([]);
  });
});

describe('8.1 broken references', () => {
  const known = {
    directory: { byEmail: { 'anna@example.com': 11 }, departments: { Sales: [11] }, roles: {}, heads: { Sales: 12 } },
    references: { mailbox: [3, 'sales@sandbox.test'] },
  };
  const broken = (file: File) => checkBoard(makeBoard(file), known).map(({ code, path }) => [code, pathText(path)]);
  const mail = { do: 'clients/email', stage: 'WARM' };

  it('finds nothing wrong with what is there', () => {
    const triggers = [
      {
        on: 'email/received',
        stage: 'WARM',
        as: 'anna@example.com',
        settings: { mailboxes: [3, 'Sales@sandbox.test'] },
      },
    ];
    const recipients = ['department:Sales', 'head:Sales', 'field:responsible', 'supervisor'];
    expect(broken({ triggers, rules: [notify('a', { settings: { text: 'Hi', recipients } })] })).toEqual([]);
  });

  it('finds people and channels that are not there', () => {
    const triggers = [{ on: 'email/received', stage: 'WARM', as: 'gone@example.com', settings: { mailboxes: [4] } }];
    const rules = [
      notify('a', { settings: { text: 'Hi', recipients: ['department:Gone', 'field:title'] } }),
      { ...mail, settings: { from: 9, subject: 'a', text: 'b' } },
    ];
    expect(broken({ triggers, rules })).toEqual([
      ['unknown-person', 'triggers[0].as'],
      ['unknown-reference', 'triggers[0].settings.mailboxes'],
      ['unknown-person', 'rules[0].settings.recipients'],
      ['unknown-person', 'rules[0].settings.recipients'],
      ['unknown-reference', 'rules[1].settings.from'],
    ]);
  });
});

describe('7 cycles', () => {
  it('7 shows a circle of rules as a path', () => {
    const findings = checkBoard(
      makeBoard({ rules: [rule('OFFER', { stage: 'WARM' }), rule('WARM', { stage: 'OFFER' })] }),
    );
    expect(findings).toMatchObject([{ severity: 'warning', code: 'cycle' }]);
    expect(findings[0]?.message).toContain('Offer sent → Interested → Offer sent');
  });

  it('7 sees the circle through triggers that rules set off', () => {
    const back = { on: 'crm/field-changed', stage: 'OFFER', allowBack: true, settings: { fields: ['seats'] } };
    const modify = rule('WARM', { changes: [{ field: 'seats', value: 1 }] }, 'items/modify');
    const forth = rule('OFFER', { stage: 'WARM' });
    expect(codes({ triggers: [back], rules: [modify, forth] })).toEqual(['cycle']);
    expect(codes({ triggers: [{ ...back, settings: { fields: ['tags'] } }], rules: [modify, forth] })).toEqual([]);
    expect(codes({ triggers: [{ ...back, allowBack: false }], rules: [modify, forth] })).toEqual([]);
  });

  it('7 sees e-mails that rules send', () => {
    const mail = rule('WARM', { subject: 'a', text: 'b' }, 'clients/email');
    const sent = (sentBy: string) => ({ on: 'email/sent', stage: 'OFFER', allowBack: true, settings: { sentBy } });
    expect(codes({ triggers: [sent('both')], rules: [mail, rule('OFFER', { stage: 'WARM' })] })).toEqual(['cycle']);
    expect(codes({ triggers: [sent('people')], rules: [mail, rule('OFFER', { stage: 'WARM' })] })).toEqual([]);
  });
});

describe('5.2 chains', () => {
  const chains = (rules: readonly Readonly<Record<string, unknown>>[]) =>
    chainsOf(makeBoard({ rules }).rules).map((chain) =>
      chain.map(({ rule: { id }, previous, waitsFor }) => [id, previous, waitsFor]),
    );
  const after = { order: 'after previous' };

  it('in parallel begins a chain, after previous goes on with it, disabled rules are stepped over', () => {
    expect(
      chains([
        notify('a'),
        notify('b', after),
        notify('off', { ...after, enabled: false }),
        notify('c', after),
        notify('d'),
      ]),
    ).toEqual([
      [
        ['a', null, []],
        ['b', 'a', ['a']],
        ['c', 'b', ['b']],
      ],
      [['d', null, []]],
    ]);
  });

  it('a rule that uses a result waits for it, whatever its order', () => {
    const mail = { id: 'mail', do: 'clients/email', stage: 'WARM', settings: { subject: 'a', text: 'b' } };
    const user = notify('user', { settings: { text: '{{ rules.mail.emailId }}' } });
    expect(chains([user, mail])).toEqual([[['user', null, ['mail']]], [['mail', null, []]]]);
    expect(codes({ rules: [user, { ...mail, ...after }] })).toEqual(['waiting-circle']);
  });
});

describe('5.1 what is due at entry', () => {
  const due = (rules: readonly Readonly<Record<string, unknown>>[]) => [
    ...dueAtEntry(makeBoard({ rules }).rules, {
      enteredAt: Date.UTC(2026, 10, 21),
      item: makeItem({ values: { deliveryDate: '2026-01-01' } }),
      workspace,
    }),
  ];
  const after = { order: 'after previous' };

  it('immediately, after 0, a moment already past, and links without delay after them', () => {
    expect(
      due([
        notify('a'),
        notify('b', { ...after, time: { after: '0 minutes' } }),
        notify('c', { ...after, time: { before: '1 day', field: 'deliveryDate' } }),
      ]),
    ).toEqual(['a', 'b', 'c']);
  });

  it('not what waits, nor links after it', () => {
    expect(due([notify('a', { time: { after: '1 minute' } }), notify('b', after), notify('c')])).toEqual(['c']);
    expect(due([notify('a'), notify('b', { ...after, time: { after: '1 second' } }), notify('c', after)])).toEqual([
      'a',
    ]);
  });
});
