import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { changeItem } from '../moves/change-item.ts';
import { deleteItem } from '../moves/delete-item.ts';
import { makeRunFixture, type RunFixture } from '../running/testing-runs.ts';
import { REPLAN_ITEM, replanItem } from './replan-item.ts';

let fixture: RunFixture;
let invoices: number;
beforeAll(async () => {
  fixture = await makeRunFixture();
  invoices = (await fixture.addPipeline({ type: 'invoice', name: 'Invoices' })).pipelineId;
  const paid = { do: 'alerts/comment', stage: 'NEW', settings: { text: 'Paid on {{ invoice.paymentDate }}' } };
  await fixture.saveBoard({
    rules: [
      { id: 'after', ...paid, time: { after: '1 day', field: 'invoice.paymentDate' } },
      { id: 'own', ...paid, time: { at: { field: 'paymentDate' } } },
    ],
  });
});
afterAll(() => fixture.close());

const payload = z.object({ workspaceId: z.number(), itemId: z.number(), tied: z.string() });

/** Carries out the jobs that a tied item has left for its parent. */
async function replan(): Promise<number> {
  const { rows } = await fixture.owner.query(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [REPLAN_ITEM],
  );
  for (const row of rows) await replanItem(fixture.context, payload.parse(row.payload));
  return rows.length;
}
const addInvoice = (parentId: number, paymentDate?: string) =>
  fixture.create({
    type: 'invoice',
    pipelineId: invoices,
    parentId,
    ...(paymentDate ? { fields: { paymentDate } } : {}),
  });
const change = (itemId: number, changes: Parameters<typeof changeItem>[2]['changes']) =>
  fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId, changes }));
const dueAt = async (item: number, rule = 'after') => (await fixture.run(item, rule)).dueAt?.toISOString() ?? null;

describe('5.3 a date of a tied item', () => {
  test('5.3 wakes the waiting run when the tied item comes, changes its date, loses it and goes', async () => {
    const deal = await fixture.create();
    expect(await dueAt(deal)).toBe(null);
    await addInvoice(deal, '2026-02-01');
    await replan();
    expect(await dueAt(deal)).toBe('2026-02-02T00:00:00.000Z');

    const latest = await addInvoice(deal);
    await replan();
    expect(await dueAt(deal)).toBe(null);
    await change(latest, { paymentDate: '2026-03-01' });
    await replan();
    expect(await dueAt(deal)).toBe('2026-03-02T00:00:00.000Z');
    expect(await dueAt(deal, 'own')).toBe(null);

    await fixture.inside((tx) => deleteItem(tx, fixture.acting(), latest));
    await replan();
    expect(await dueAt(deal)).toBe('2026-02-02T00:00:00.000Z');
  });

  test('5.3 a change of another field asks for nothing; one of an item of its own neither', async () => {
    const deal = await fixture.create();
    const invoice = await addInvoice(deal, '2026-02-01');
    await replan();
    await change(invoice, { title: 'Renamed', amount: 5 });
    await change(deal, { paymentDate: '2026-04-01' });
    expect(await replan()).toBe(0);
  });

  test('5.6 the latest tied invoice’s is meant, at the moment when the rule runs', async () => {
    const deal = await fixture.create();
    await addInvoice(deal, '2025-02-01');
    await addInvoice(deal, '2025-03-01');
    await replan();
    await fixture.work();
    const [comment] = await fixture.inside((tx) =>
      tx.selectFrom('timeline').select('text').where('item_id', '=', deal).where('kind', '=', 'comment').execute(),
    );
    expect(comment).toEqual({ text: 'Paid on 2025-03-01' });
  });

  test('5.3 a run that has ended is never planned again', async () => {
    const deal = await fixture.create();
    const invoice = await addInvoice(deal, '2025-02-01');
    await replan();
    await fixture.work();
    const ended = await fixture.run(deal, 'after');
    await change(invoice, { paymentDate: '2027-01-01' });
    await replan();
    await fixture.work();
    expect([ended.state, await fixture.run(deal, 'after')]).toEqual(['done', ended]);
  });
});
