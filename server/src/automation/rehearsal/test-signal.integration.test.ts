import { tested } from '@signalbox/contract/automation/rehearsal.ts';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../api/server.ts';
import { createKey } from '../../people/keys.store.ts';
import { recordSignals } from '../../signals/record-signals.ts';
import { drainWorkspace } from '../drain/drain.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';
import { runDueVisits } from '../running/watch-runs.ts';

let fixture: RunFixture;
let app: FastifyInstance;
let key: string;
beforeAll(async () => {
  fixture = await makeRunFixture();
  app = await createServer(fixture.context, { checkAnswers: true });
  const { workspaceId, employeeId } = fixture;
  ({ key } = await fixture.inside((tx) => createKey(tx, { workspaceId, employeeId, kind: 'api', name: '' })));
});
afterAll(async () => {
  await app.close();
  await fixture.close();
});

const MINUTE = 60_000;
const start = Date.UTC(2026, 0, 5, 9);
const triggers = [{ id: 'go', on: 'apps/webhook', stage: 'OFFER', settings: { code: 'go' } }];
const signal = { kind: 'webhook.called', payload: { code: 'go' } };

/** What Test foretells of each rule, and what then really becomes of it, as [state, minutes after entry]. */
async function both(rules: readonly object[], deliveryDate: string | null) {
  fixture.clock.set(new Date(start));
  await fixture.saveBoard({ triggers, rules });
  const item = await fixture.create({
    title: 'Tested',
    amount: 500,
    fields: deliveryDate === null ? {} : { deliveryDate },
  });
  const answer = await app.inject({
    ...{ method: 'POST', url: '/api/v1/automation/deal/Sales/test' },
    ...{ headers: { authorization: `Bearer ${key}` }, payload: { item, signal } },
  });
  const { runs } = tested.parse(answer.json());
  const foretold = runs.map(({ rule, state, dueAt, reason }) => [
    rule,
    state === 'due' && reason !== null ? 'failed' : state,
    dueAt === null ? null : (Date.parse(dueAt) - start) / MINUTE,
  ]);
  await fixture.inside((tx) =>
    recordSignals(tx, [{ ...signal, sourceKey: `test ${item}`, occurredAt: new Date(start), items: [item] }]),
  );
  for (let minute = 0; minute <= 400; minute += 10) {
    fixture.clock.set(new Date(start + minute * MINUTE));
    await drainWorkspace(fixture.context, fixture.workspaceId, { bindSignals: async () => {} });
    await fixture.work();
    await runDueVisits(fixture.runner, 0);
  }
  const lived = (await fixture.runs(item)).map(({ ruleId, state, dueAt }) => {
    const minutes = dueAt === null ? null : (dueAt.getTime() - start) / MINUTE;
    if (state === 'cancelled') return [ruleId, state, null];
    if (minutes === null || minutes > 0) return [ruleId, 'waiting', minutes];
    return [ruleId, state === 'done' ? 'due' : state, null];
  });
  const byRule = (rows: readonly (readonly unknown[])[]) =>
    rows.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
  return { foretold: byRule(foretold), lived: byRule(lived) };
}

const rule = (id: string, more: object) => ({
  id,
  do: 'alerts/comment',
  stage: 'OFFER',
  settings: { text: id },
  ...more,
});
const goes = (id: string, to: string, more: object = {}) => ({
  ...{ id, do: 'items/change-stage', stage: 'OFFER', settings: { stage: to } },
  ...more,
});
const after = (text: string) => ({ time: { after: text } });
const link = { order: 'after previous' };

describe('Test foretells what the runner does', () => {
  test.each<[string, readonly object[], readonly unknown[]]>([
    [
      'links count from the moment of what they follow',
      [rule('a', after('3 hours')), rule('b', { ...link }), rule('c', { ...link, ...after('30 minutes') })],
      [
        ['a', 'waiting', 180],
        ['b', 'waiting', 180],
        ['c', 'waiting', 210],
      ],
    ],
    [
      'a rule that sends the item on cancels what stands below it',
      [rule('a', {}), goes('b', 'WARM'), rule('c', {}), rule('d', { onLeave: 'keep' }), rule('e', after('1 hour'))],
      [
        ['a', 'due', null],
        ['b', 'due', null],
        ['c', 'cancelled', null],
        ['d', 'due', null],
        ['e', 'cancelled', null],
      ],
    ],
    [
      'a move back to where the item came from would go round in a circle',
      [goes('a', 'NEW'), rule('b', {})],
      [
        ['a', 'failed', null],
        ['b', 'due', null],
      ],
    ],
    [
      'after an hour it would not',
      [goes('a', 'NEW', after('1 hour')), rule('b', after('2 hours'))],
      [
        ['a', 'waiting', 60],
        ['b', 'cancelled', null],
      ],
    ],
    [
      'a move back within the hour fails when it is due, and takes nobody away',
      [goes('a', 'NEW', after('40 minutes')), rule('b', { ...link, ...after('80 minutes') })],
      [
        ['a', 'waiting', 40],
        ['b', 'waiting', 120],
      ],
    ],
    [
      'nobody waits for an empty date where the item has left, and what follows counts from then',
      [
        goes('a', 'NEW', { time: { at: { field: 'deliveryDate', time: '11:00' } } }),
        rule('b', { ...link, ...after('3 hours'), onLeave: 'keep' }),
        goes('c', 'WARM', after('100 minutes')),
      ],
      [
        ['a', 'cancelled', null],
        ['b', 'waiting', 280],
        ['c', 'waiting', 100],
      ],
    ],
    [
      'what follows a rule that is kept without delay does not, once the item has left, though it may come in time',
      [
        rule('a', { ...after('3 hours'), onLeave: 'keep' }),
        rule('b', { ...link }),
        rule('c', { ...link, onLeave: 'keep' }),
        goes('d', 'WARM', after('140 minutes')),
        goes('e', 'NEW', after('140 minutes')),
      ],
      [
        ['a', 'waiting', 180],
        ['b', 'cancelled', null],
        ['c', 'waiting', 140],
        ['d', 'waiting', 140],
        ['e', 'cancelled', null],
      ],
    ],
    [
      'what waits for an empty date is not known, and neither is what follows it',
      [rule('a', { time: { before: '1 hour', field: 'deliveryDate' } }), rule('b', { ...link })],
      [
        ['a', 'waiting', null],
        ['b', 'waiting', null],
      ],
    ],
  ])('%s', async (_, rules, wanted) => {
    const { foretold, lived } = await both(rules, null);
    expect(foretold).toEqual(wanted);
    expect(lived).toEqual(foretold);
  });

  const anyRule = fc.record({
    ...{ delay: fc.integer({ min: 0, max: 9 }), linked: fc.boolean(), keep: fc.boolean() },
    ...{
      kind: fc.constantFrom('comment', 'comment', 'WARM', 'NEW'),
      dated: fc.boolean(),
      asked: fc.constantFrom(null, 100, 900),
    },
  });
  const boards = fc.array(anyRule, { minLength: 1, maxLength: 5 }).map((given) =>
    given.map(({ delay, linked, keep, kind, dated, asked }, index) => {
      const time = dated ? { at: { field: 'deliveryDate', time: '11:00' } } : { after: `${delay * 20} minutes` };
      const more = { time, ...(linked && link), ...(keep && { onLeave: 'keep' }) };
      const when = asked === null || delay > 0 ? {} : { when: { field: 'amount', is: 'at least', value: asked } };
      const id = `r${index}`;
      return kind === 'comment' ? rule(id, { ...more, ...when }) : goes(id, kind, more);
    }),
  );

  test.each(fc.sample(fc.tuple(boards, fc.constantFrom(null, '2026-01-05', '2026-01-04')), { numRuns: 24, seed: 34 }))(
    'random boards: %#',
    async (rules, deliveryDate) => {
      const { foretold, lived } = await both(rules, deliveryDate);
      expect([rules, foretold]).toEqual([rules, lived]);
    },
  );
});
