import { describe, expect, it } from 'vitest';
import { makeBoard, makeItem, makeSignal, workspace } from '../testing.ts';
import { type Chain, chainAfterWaiting, extendChain, MAX_LINKS } from './chain.ts';
import { decide } from './decide.ts';

const now = Date.UTC(2026, 10, 21, 12);
const opened = makeSignal('email.opened', { firstOpen: true }, { person: true });
type Triggers = readonly Readonly<Record<string, unknown>>[];

function ask(triggers: Triggers, given: { item?: Parameters<typeof makeItem>[0]; signal?: typeof opened } = {}) {
  return decide({
    signal: given.signal ?? opened,
    item: makeItem(given.item),
    board: makeBoard({ triggers }),
    workspace,
    now,
  });
}
const codes = (triggers: Triggers, given: Parameters<typeof ask>[1] = {}) =>
  ask(triggers, given).verdicts.map(({ verdict }) => verdict);
const loopChain: Chain = { origin: { 1: 3 }, entered: [{ item: 1, stage: 1 }] };

describe('the verdicts of semantics.md 3.2, in order', () => {
  it('3.2 says already-here for a trigger of the current stage (3.5: no move)', () => {
    const { verdicts, move } = ask([{ on: 'email/opened', stage: 'NEW' }]);
    expect([verdicts[0]?.verdict, move]).toEqual(['already-here', null]);
  });

  it('3.2 says would-move-back unless moving back is allowed', () => {
    const item = { stageId: 3 };
    expect(codes([{ on: 'email/opened', stage: 'OFFER' }], { item })).toEqual(['would-move-back']);
    expect(codes([{ on: 'email/opened', stage: 'OFFER', allowBack: true }], { item })).toEqual(['moves']);
  });

  it('3.2 says which setting refused, what it wants and what came', () => {
    const signal = makeSignal('email.opened', { firstOpen: false }, { person: true });
    const [verdict] = ask([{ on: 'email/opened', stage: 'WARM', settings: { firstOnly: true } }], { signal }).verdicts;
    expect(verdict).toMatchObject({ verdict: 'settings', detail: { setting: 'firstOnly', wanted: true, got: false } });
  });

  it('3.2 says not-a-person for machines, unless machines count (9.1)', () => {
    const signal = makeSignal('email.opened', {}, { person: false });
    expect(codes([{ on: 'email/opened', stage: 'WARM' }], { signal })).toEqual(['not-a-person']);
    expect(codes([{ on: 'email/opened', stage: 'WARM', settings: { machine: true } }], { signal })).toEqual(['moves']);
  });

  it('9.2 never counts an employee, even when machines count', () => {
    const signal = makeSignal('email.opened', { employee: 11 }, { person: true });
    expect(codes([{ on: 'email/opened', stage: 'WARM', settings: { machine: true } }], { signal })).toEqual([
      'not-a-person',
    ]);
  });

  it('takes the reporter’s word for a machine while nobody has weighed the evidence', () => {
    const signal = makeSignal('email.opened', { machine: true });
    expect(codes([{ on: 'email/opened', stage: 'WARM' }], { signal })).toEqual(['not-a-person']);
    expect(codes([{ on: 'email/opened', stage: 'WARM' }], { signal: makeSignal('email.opened') })).toEqual(['moves']);
  });

  it('3.2 names the part of the condition and both values', () => {
    const when = { all: [{ field: 'amount', is: 'at least', value: 5000 }] };
    const [verdict] = ask([{ on: 'email/opened', stage: 'WARM', when }]).verdicts;
    expect(verdict).toMatchObject({
      verdict: 'condition',
      detail: { part: { field: 'amount', is: 'at least', value: 5000 }, got: { amount: '1000' } },
    });
  });

  it('3.2 says loop and shows the chain (7)', () => {
    const { verdicts, move } = ask([{ on: 'email/opened', stage: 'WARM' }], {
      signal: { ...opened, chain: loopChain },
    });
    expect([verdicts[0]?.verdict, verdicts[0]?.detail, move]).toEqual(['loop', { chain: loopChain }, null]);
  });

  it('3.2 moves, and everything behind is outrun', () => {
    const triggers = ['OFFER', 'WARM', 'WON'].map((stage) => ({ on: 'email/opened', stage }));
    expect(codes(triggers)).toEqual(['moves', 'outrun', 'outrun']);
  });

  it('3.2 tries the verdicts in this order', () => {
    const machine = makeSignal('email.opened', { firstOpen: false }, { person: false, chain: loopChain });
    const fails = { settings: { firstOnly: true }, when: { field: 'amount', is: 'greater', value: 9999 } };
    const trigger = { on: 'email/opened', stage: 'WARM' };
    const item = { stageId: 4 };
    expect(codes([{ ...trigger, stage: 'WON', ...fails }], { item, signal: machine })).toEqual(['already-here']);
    expect(codes([{ ...trigger, ...fails }], { item, signal: machine })).toEqual(['would-move-back']);
    expect(codes([{ ...trigger, allowBack: true, ...fails }], { item, signal: machine })).toEqual(['settings']);
    expect(codes([{ ...trigger, when: fails.when }], { signal: machine })).toEqual(['not-a-person']);
    expect(codes([{ ...trigger, when: fails.when, settings: { machine: true } }], { signal: machine })).toEqual([
      'condition',
    ]);
    expect(codes([{ ...trigger, settings: { machine: true } }], { signal: machine })).toEqual(['loop']);
  });
});

describe('which triggers are asked', () => {
  it('3.1 asks the enabled triggers that listen to this kind', () => {
    const triggers = [
      { on: 'email/opened', stage: 'WARM', enabled: false },
      { on: 'email/sent', stage: 'WARM' },
      { id: 'one', on: 'email/opened', stage: 'WARM' },
    ];
    expect(ask(triggers).verdicts.map(({ trigger }) => trigger)).toEqual(['one']);
  });

  it('3.1 asks only the triggers of the item’s own pipeline', () => {
    expect(ask([{ on: 'email/opened', stage: 'WARM' }], { item: { pipelineId: 8 } })).toEqual({
      verdicts: [],
      move: null,
    });
  });

  it('3.3 the earliest stage in pipeline order wins, whatever the order in the file', () => {
    const triggers = [
      { id: 'late', on: 'email/opened', stage: 'WON' },
      { id: 'early', on: 'email/opened', stage: 'OFFER' },
    ];
    expect(ask(triggers).move).toMatchObject({ trigger: 'early', stageId: 2 });
  });

  it('3.2 within a stage asks them as they stand there', () => {
    const triggers = [
      { id: 'b', on: 'email/opened', stage: 'WARM' },
      { id: 'a', on: 'email/opened', stage: 'WARM' },
    ];
    expect(ask(triggers).verdicts.map(({ trigger, verdict }) => [trigger, verdict])).toEqual([
      ['b', 'moves'],
      ['a', 'outrun'],
    ]);
  });

  it('3.4 gives won and lost stages no special treatment', () => {
    expect(ask([{ on: 'email/opened', stage: 'LOST' }], { item: { stageId: 4 } }).move).toMatchObject({ stageId: 5 });
  });

  it('3.6 reads the item as it is, and the clock of the signal', () => {
    const saturday = { field: 'now', is: 'weekday', value: ['sat'] };
    expect(codes([{ on: 'email/opened', stage: 'WARM', when: saturday }])).toEqual(['moves']);
    expect(
      codes([{ on: 'email/opened', stage: 'WARM', when: saturday }], {
        signal: { ...opened, occurredAt: Date.UTC(2026, 10, 23, 10) },
      }),
    ).toEqual(['condition']);
  });

  it.each([
    ['weekday', ['sat'], Date.UTC(2026, 10, 23, 12)],
    ['time of day', ['09:00', '17:00'], Date.UTC(2026, 10, 21, 22)],
  ])('3.6 judges the %s at the moment of the signal, not at that of the decision', (is, value, otherwise) => {
    const trigger = { on: 'email/opened', stage: 'WARM', when: { field: 'now', is, value } };
    const at = (occurredAt: number, decidedAt: number) =>
      decide({
        signal: { ...opened, occurredAt },
        item: makeItem(),
        board: makeBoard({ triggers: [trigger] }),
        workspace,
        now: decidedAt,
      }).verdicts[0]?.verdict;
    expect([at(now, otherwise), at(otherwise, now)]).toEqual(['moves', 'condition']);
  });

  it('3.8 keeps id, key, name and stage with every verdict', () => {
    const [verdict] = ask([{ id: 'x', on: 'email/opened', stage: 'WARM', name: 'Read the offer' }]).verdicts;
    expect(verdict).toEqual({
      trigger: 'x',
      key: 'email/opened',
      name: 'Read the offer',
      stage: 'WARM',
      verdict: 'moves',
      detail: null,
    });
  });
});

describe('verdicts are compact', () => {
  it('3.8 keeps enough of long values to understand them', () => {
    const signal = makeSignal('chat.message', { text: 'x'.repeat(5000) });
    const [verdict] = ask(
      [
        {
          on: 'chat/message',
          stage: 'WARM',
          settings: { phrases: Array.from({ length: 50 }, (_, index) => `p${index}`) },
        },
      ],
      { signal },
    ).verdicts;
    expect(JSON.stringify(verdict).length).toBeLessThan(600);
    expect(verdict?.detail).toMatchObject({ setting: 'phrases' });
  });
});

describe('chains (7)', () => {
  it('7 begins with the stage on which the item stood', () => {
    expect(ask([{ on: 'email/opened', stage: 'WARM' }]).move?.chain).toEqual({
      origin: { 1: 1 },
      entered: [{ item: 1, stage: 3 }],
    });
  });

  it('7 stops when it would enter a stage of the same item a second time, its first one included', () => {
    const chain: Chain = { origin: { 1: 1 }, entered: [{ item: 1, stage: 2 }] };
    expect(extendChain(chain, { item: 1, from: 2, to: 1 })).toEqual({ loop: chain });
    expect(extendChain(chain, { item: 1, from: 2, to: 2 })).toEqual({ loop: chain });
    expect(extendChain(chain, { item: 1, from: 2, to: 3 })).toHaveProperty('chain');
  });

  it('7 lets another item enter the same stage', () => {
    const chain: Chain = { origin: { 1: 1 }, entered: [{ item: 1, stage: 2 }] };
    expect(extendChain(chain, { item: 2, from: 1, to: 2 })).toEqual({
      chain: { origin: { 1: 1, 2: 1 }, entered: [...chain.entered, { item: 2, stage: 2 }] },
    });
  });

  it('7 goes on over a run that waited less than an hour, begins anew over one that waited an hour', () => {
    const chain: Chain = { origin: { 1: 1 }, entered: [{ item: 1, stage: 2 }] };
    expect(chainAfterWaiting(chain, 3_599_999)).toBe(chain);
    expect(chainAfterWaiting(chain, 3_600_000)).toBeNull();
  });

  it('7 stops at 20 links', () => {
    const entered = Array.from({ length: MAX_LINKS }, (_, index) => ({ item: index + 2, stage: 2 }));
    expect(extendChain({ origin: {}, entered }, { item: 1, from: 1, to: 2 })).toHaveProperty('loop');
    expect(extendChain({ origin: {}, entered: entered.slice(1) }, { item: 1, from: 1, to: 2 })).toHaveProperty('chain');
  });
});
