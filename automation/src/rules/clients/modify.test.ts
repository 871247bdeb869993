import { describe, expect, it } from 'vitest';
import { bindBoard } from '../../engine/binding/bind.ts';
import { pathText } from '../../kit/settings/problems.ts';
import type { FieldSpec } from '../../kit/values/values.ts';
import { anna, makeSource } from '../../testing.ts';
import { runRule, type World } from '../../testing-ports.ts';
import { modify } from './modify.ts';

const clients: World = {
  ports: (effects) => ({ clients: { change: async (change) => void effects.push(['change', change]) } }),
};

describe('clients/modify', () => {
  it('changes the contact or the company in the name of the responsible', async () => {
    const changes = [{ field: 'lastName', value: '{{ item.title }}' }];
    const rendered = [{ field: 'lastName', value: 'Windows', mode: 'replace' }];
    const { effects } = await runRule(modify, { changes }, clients);
    expect(effects).toEqual([['change', { kind: 'contact', changes: rendered, byId: anna.id }]]);
  });

  it.each([[{}], [{ changes: [] }], [{ client: 'item', changes: [{ field: 'name', value: 'A' }] }]])(
    'does not take %j',
    (settings) => expect(modify.parse(settings).ok).toBe(false),
  );

  const rank: FieldSpec = {
    ...{ code: 'rank', kind: 'choice', name: 'Rank', custom: true },
    options: [{ value: 'GOLD', name: 'Gold' }],
  };
  const told = (settings: object) =>
    bindBoard(
      makeSource(
        { rules: [{ do: 'clients/modify', stage: 'WARM', settings }] },
        { clientFieldsOf: { contact: [rank], company: [] } },
      ),
    ).problems.map(({ path, code }) => [pathText(path.slice(3)), code]);
  const one = (field: string, value: unknown, more: object = {}) => ({ changes: [{ field, value, ...more }] });

  it.each<[object, string[][]]>([
    [one('rank', 'Gold'), []],
    [one('emails', 'a@b.test', { mode: 'append' }), []],
    [one('rank', 'Silver'), [['changes[0].value', 'fit-option']]],
    [one('emails', 'nobody'), [['changes[0].value', 'fit-email']]],
    [one('name', 'x', { mode: 'append' }), [['changes[0].mode', 'append-one']]],
    [one('amount', 1), [['changes[0].field', 'unknown-name']]],
    [one('__proto__', 1), [['changes[0].field', 'unknown-name']]],
    [{ client: 'company', ...one('rank', 'Gold') }, [['changes[0].field', 'unknown-name']]],
    [{ client: 'company', ...one('firstName', 'Jan') }, [['changes[0].field', 'unknown-name']]],
  ])('a board with %j is told %j', (settings, problems) => expect(told(settings)).toEqual(problems));
});
