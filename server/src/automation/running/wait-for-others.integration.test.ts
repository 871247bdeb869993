import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeClient } from '../../crm/clients/save-client.ts';
import { changeItem } from '../moves/change-item.ts';
import { noticeClientTask } from '../visits/notice-client.ts';
import { replanItemTask } from '../visits/replan-item.ts';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';
import { runDueVisits } from './watch-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());
beforeEach(() => fixture.clock.set('2026-01-12T10:00:00Z'));

const HOUR_MS = 3_600_000;
const until = (id: string, condition: object) => ({
  ...{ id, do: 'flow/wait', stage: 'NEW', settings: { until: 'condition', condition, deadline: '2 hours' } },
});

/** A deal that waits for its client's name and for its invoice's title. */
async function waiting() {
  const contactId = await fixture.addContact({ emails: ['cleo@client.test'] });
  const name = `Invoices of ${contactId}`;
  const { pipelineId } = await fixture.addPipeline({ type: 'invoice', name });
  await fixture.saveBoard({
    rules: [
      until('client', { field: 'client.name', is: 'equals', value: 'Cleo Smith' }),
      until('invoice', { field: 'invoice.title', is: 'equals', value: 'Paid' }),
    ],
  });
  const item = await fixture.create({ contactId });
  const invoice = await fixture.create({ type: 'invoice', pipelineId, parentId: item, title: 'Open' });
  await fixture.work();
  await takeTasks();
  return { contactId, item, invoice };
}

const rename = (contactId: number, name: string) =>
  fixture.inside((tx) => changeClient(tx, contactId, { kind: 'contact', body: { name }, now: fixture.clock.now() }));
const retitle = (itemId: number, title: string) =>
  fixture.inside((tx) => changeItem(tx, fixture.acting(), { itemId, changes: { title } }));

interface Job {
  readonly name: string;
  readonly payload: unknown;
}

async function takeTasks(): Promise<Job[]> {
  const { rows } = await fixture.owner.query<Job>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier in ('notice-client', 'replan-item') returning t.identifier as name, j.payload`,
  );
  return rows;
}

/** As a worker does, whenever it comes to it. */
async function carryOut(jobs: readonly Job[]): Promise<void> {
  const tasks = { 'notice-client': noticeClientTask(fixture.context), 'replan-item': replanItemTask(fixture.context) };
  for (const { name, payload } of jobs) await tasks[name as keyof typeof tasks].run(payload, { number: 1, of: 1 });
  await fixture.work();
  await runDueVisits(fixture.runner, 0);
}

const outcomes = async (item: number) =>
  Promise.all(
    ['client', 'invoice'].map(async (id) => {
      const { state, result } = await fixture.run(item, id);
      return [state, (result as { outcome?: string } | null)?.outcome];
    }),
  );

describe('5.9 what waits for a client, or for an item that is tied to it,', () => {
  it('is asked again when that changes, and when nothing waits nobody is asked', async () => {
    const { contactId, item, invoice } = await waiting();
    await rename(contactId, 'Cleo Smith');
    await retitle(invoice, 'Paid');
    const jobs = await takeTasks();
    expect(jobs.map(({ name }) => name).toSorted()).toEqual(['notice-client', 'replan-item']);
    await carryOut(jobs);
    expect(await outcomes(item)).toEqual([
      ['done', 'condition'],
      ['done', 'condition'],
    ]);
    await rename(contactId, 'Cleo Jones');
    await retitle(invoice, 'Sent');
    expect(await takeTasks()).toEqual([]);
  });

  it.each([
    [1, 'condition'],
    [3, 'deadline'],
  ])('and changed after %d hours, while nobody looks until the fifth, ended by: %s', async (hours, outcome) => {
    const { contactId, item, invoice } = await waiting();
    fixture.clock.advance(hours * HOUR_MS);
    await rename(contactId, 'Cleo Smith');
    await retitle(invoice, 'Paid');
    fixture.clock.advance((5 - hours) * HOUR_MS);
    await carryOut(await takeTasks());
    expect(await outcomes(item)).toEqual([
      ['done', outcome],
      ['done', outcome],
    ]);
  });
});
