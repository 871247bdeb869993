import { describe, expect, it } from 'vitest';
import { pathText } from '../../kit/settings/problems.ts';
import { rules as allRules } from '../../rules/index.ts';
import { fields, makeBoard, makeSource } from '../../testing.ts';
import { triggers as allTriggers } from '../../triggers/index.ts';
import { assignIds } from '../assign-ids.ts';
import { parseAutomationFile } from '../file.ts';
import { toFile } from '../to-file.ts';
import { bindBoard } from './bind.ts';

const notify = { do: 'alerts/notify', stage: 'WARM', settings: { text: 'Hi' } };
const opened = { on: 'email/opened', stage: 'WARM' };
const problems = (file: Readonly<Record<string, unknown>>) =>
  bindBoard(makeSource(file, { tiedFields: { invoice: fields } })).problems.map(({ path }) => pathText(path));

describe('binding a board', () => {
  it('fills in what the file leaves out', () => {
    const board = makeBoard({ triggers: [opened], rules: [notify] });
    expect(board.triggers[0]).toMatchObject({
      id: 'trigger-1',
      name: 'E-mail opened',
      as: 'responsible',
      allowBack: false,
      enabled: true,
      stageId: 3,
      stageOrder: 2,
    });
    expect(board.rules[0]).toMatchObject({
      order: 'in parallel',
      onLeave: 'cancel',
      time: { is: 'immediately' },
      settings: { sender: 'responsible', recipients: ['responsible'] },
    });
  });

  it('names what has no name in the workspace’s language', () => {
    expect(makeBoard({ triggers: [opened] }, { language: 'pl' }).triggers[0]?.name).toBe(
      'Śledź wyświetlenie wiadomości e-mail',
    );
  });

  it.each([
    [{ triggers: [{ ...opened, on: 'email/read' }] }, ['triggers[0].on']],
    [{ triggers: [opened, { ...opened, stage: 'NOWHERE' }] }, ['triggers[1].stage']],
    [
      { triggers: [{ ...opened, settings: { firstOnly: 'yes', extra: 1 } }] },
      ['triggers[0].settings.firstOnly', 'triggers[0].settings.extra'],
    ],
    [{ triggers: [{ ...opened, alowBack: true }] }, ['triggers[0].alowBack']],
    [{ triggers: [{ ...opened, as: 'nobody' }] }, ['triggers[0].as']],
    [
      { triggers: [{ ...opened, when: { all: [{ field: 'titel', is: 'is filled' }] } }] },
      ['triggers[0].when.all[0].field'],
    ],
    [
      { triggers: [{ on: 'crm/field-changed', stage: 'WARM', settings: { fields: ['titel'] } }] },
      ['triggers[0].settings.fields[0]'],
    ],
    [
      {
        triggers: [
          { ...opened, id: 'a' },
          { ...opened, id: 'a' },
        ],
      },
      ['triggers[1].id'],
    ],
    [{ rules: [{ ...notify, do: 'alerts/shout' }] }, ['rules[0].do']],
    [{ rules: [{ ...notify, settings: {} }] }, ['rules[0].settings.text']],
    [{ rules: [{ ...notify, settings: { text: '{{ item.titel }}' } }] }, ['rules[0].settings.text']],
    [{ rules: [{ ...notify, settings: { text: '{{ rules.mail.emailId }}' } }] }, ['rules[0].settings.text']],
    [{ rules: [{ ...notify, time: { before: '1 day' } }] }, ['rules[0].time.field']],
    [{ rules: [{ ...notify, time: { after: 'soon' } }] }, ['rules[0].time.after']],
    [{ rules: [{ ...notify, time: { at: { field: 'deliveryDate', time: '25:00' } } }] }, ['rules[0].time.at.time']],
    [{ rules: [{ ...notify, time: { before: '1 day', field: 'nope' } }] }, ['rules[0].time.field']],
    [{ rules: [{ ...notify, time: { at: { field: 'nextBooking' } } }] }, ['rules[0].time.at.field']],
    [{ rules: [{ ...notify, time: { at: { field: 'source' } } }] }, ['rules[0].time.at.field']],
    [{ rules: [{ ...notify, time: { after: '1 day', field: 'signal.occurredAt' } }] }, ['rules[0].time.field']],
    [{ rules: [{ ...notify, time: { after: '1 day', field: 'invoice.title' } }] }, ['rules[0].time.field']],
    [{ rules: [{ ...notify, settings: { text: '{{ invoice.titel }}' } }] }, ['rules[0].settings.text']],
    [{ rules: [{ ...notify, when: { field: 'title', is: 'matches', value: '(' } }] }, ['rules[0].when.value']],
    [{ rules: [{ ...notify, hours: ['mine'] }] }, ['rules[0].hours[0]']],
    [
      { rules: [{ do: 'items/change-stage', stage: 'WARM', settings: { stage: 'NOWHERE' } }] },
      ['rules[0].settings.stage'],
    ],
    [
      { rules: [{ do: 'items/modify', stage: 'WARM', settings: { changes: [{ field: 'createdAt', value: '' }] } }] },
      ['rules[0].settings.changes[0].field'],
    ],
    [{ triggrs: [] }, ['triggrs']],
    [{ stages: [{ code: 'A', name: 'A', knd: 'open' }] }, ['stages[0].knd']],
  ])('refuses %j with its path', (file, paths) => expect(problems(file)).toEqual(paths));

  it('keeps the rest of a board that was saved before something vanished', () => {
    const { board } = bindBoard(
      makeSource({
        triggers: [{ ...opened, stage: 'GONE' }, opened],
        rules: [{ ...notify, do: 'alerts/shout' }, notify],
      }),
    );
    expect([board.triggers.length, board.rules.length]).toEqual([1, 1]);
  });

  it('8.2 keeps the rules of a saved version whole, although stages and fields have gone since', () => {
    const rules = [
      { ...notify, id: 'stage', stage: 'GONE' },
      { ...notify, id: 'link', stage: 'GONE', order: 'after previous' },
      { ...notify, id: 'text', settings: { text: '{{ item.gone }}' } },
      { ...notify, id: 'when', when: { field: 'gone', is: 'is filled' } },
      { ...notify, id: 'time', time: { at: { field: 'gone' } } },
    ];
    const { board, problems } = bindBoard(makeSource({ rules }, { lenient: true }));
    expect([problems, board.rules.map(({ id }) => id).toSorted()]).toEqual([
      [],
      ['link', 'stage', 'text', 'time', 'when'],
    ]);
    expect(board.stages.map(({ code }) => code)).not.toContain('GONE');
    expect(bindBoard(makeSource({ rules })).problems).toHaveLength(5);
  });

  it('knows which results a rule uses, in texts, condition and time (5.2)', () => {
    const mail = { id: 'mail', do: 'clients/email', stage: 'WARM', settings: { subject: 'a', text: 'b' } };
    const text = { ...notify, id: 'text', settings: { text: 'Sent as {{ rules.mail.emailId }}' } };
    const when = { ...notify, id: 'when', when: { field: 'rules.mail.emailId', is: 'is filled' } };
    const time = { ...notify, id: 'time', time: { after: '1 day', field: 'rules.mail.emailId' } };
    const board = makeBoard({ rules: [mail, text, when, time, notify] });
    expect(board.rules.map(({ usesResultsOf }) => usesResultsOf)).toEqual([[], ['mail'], ['mail'], ['mail'], []]);
    expect(problems({ rules: [mail, { ...text, stage: 'OFFER' }] })).toEqual(['rules[1].settings.text']);
  });

  it('reads every example of every definition', () => {
    const triggers = allTriggers.map(({ key, example }) => ({ on: key, stage: 'WARM', settings: example }));
    const rules = allRules
      .filter(({ only }) => only === null || only.includes('deal'))
      .map(({ key, example }) => ({ do: key, stage: 'WARM', settings: example }));
    expect(problems({ triggers, rules })).toEqual([]);
  });
});

describe('the automation file', () => {
  const full = {
    triggers: [
      {
        id: 'read',
        ...opened,
        name: 'Client read the offer',
        when: { all: [{ field: 'amount', is: 'at least', value: 1000 }] },
        as: 'anna@example.com',
        allowBack: true,
        enabled: false,
        settings: { firstOnly: true },
      },
      { id: 'click', on: 'email/link-clicked', stage: 'WON', settings: { links: 'any' } },
      { id: 'hook', on: 'apps/webhook', stage: 'WON', settings: { code: 'paid-outside' } },
    ],
    rules: [
      { id: 'tell', ...notify, order: 'after previous', time: { after: '10 minutes' }, onLeave: 'keep' },
      { id: 'remind', ...notify, time: { at: { field: 'deliveryDate', time: '09:00' }, empty: 'skip' } },
      { id: 'before', ...notify, time: { before: '2 hours', field: 'deliveryDate' } },
    ],
  };

  it('export and apply is a no-op', () => {
    const exported = toFile(makeBoard(full), 'Sales');
    expect(exported).toMatchObject({ type: 'deal', pipeline: 'Sales', ...full });
    expect(bindBoard(makeSource({ ...exported })).problems).toEqual([]);
    expect(toFile(makeBoard({ ...exported }), 'Sales')).toEqual(exported);
  });

  it('leaves out what is as by default, ids never', () => {
    expect(
      toFile(makeBoard({ triggers: [{ id: 'a', ...opened, settings: { machine: false } }] }), 'Sales').triggers,
    ).toEqual([{ id: 'a', on: 'email/opened', stage: 'WARM' }]);
  });

  it('gives ids: its own, else those of the same entry before, else new ones', () => {
    const before = toFile(
      makeBoard({
        triggers: [
          { id: 'x1', ...opened },
          { id: 't1', ...opened, name: 'Second' },
        ],
      }),
      'Sales',
    );
    const { file } = parseAutomationFile({
      type: 'deal',
      pipeline: 'Sales',
      triggers: [{ ...opened, name: 'Third' }, opened, { ...opened, name: 'Second', id: 'own' }],
      rules: [notify],
    });
    if (file === null) throw new Error('the file is wrong');
    const given = assignIds(file, before);
    expect(given.triggers.map(({ id }) => id)).toEqual(['t2', 'x1', 'own']);
    expect(given.rules.map(({ id }) => id)).toEqual(['r1']);
    expect(assignIds(given, before)).toEqual(given);
  });
});
