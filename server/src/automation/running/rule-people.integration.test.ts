import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRunFixture, type RunFixture } from './testing-runs.ts';

let fixture: RunFixture;
let eve: number;
let gone: number;
beforeAll(async () => {
  fixture = await makeRunFixture();
  eve = await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  gone = await fixture.addEmployee({ name: 'Gone', email: 'gone@firm.test' });
  await fixture.inside(async (tx) => {
    await tx.updateTable('employees').set({ dismissed_at: new Date() }).where('id', '=', gone).execute();
    const { id } = await tx
      .insertInto('departments')
      .values({ workspace_id: fixture.workspaceId, name: 'Sales', head_id: gone })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('employees').set({ department_id: id }).where('id', 'in', [eve, gone]).execute();
    await tx.updateTable('employees').set({ supervisor_id: eve }).where('id', '=', fixture.employeeId).execute();
  });
});
afterAll(() => fixture.close());

const rule = (key: string, settings: object) => ({ id: 'rule', do: key, stage: 'NEW', settings });
/** An item on which only this rule has run. */
async function runOn(key: string, settings: object, item: Parameters<RunFixture['create']>[0] = {}) {
  await fixture.saveBoard({ rules: [rule(key, settings)] });
  const id = await fixture.create(item);
  await fixture.work();
  return id;
}
const responsibleOf = async (id: number) =>
  (
    await fixture.inside((tx) =>
      tx.selectFrom('items').select('responsible_id').where('id', '=', id).executeTakeFirstOrThrow(),
    )
  ).responsible_id;
const told = async (itemId: number) =>
  fixture.inside((tx) =>
    tx
      .selectFrom('notifications')
      .select(['employee_id', 'sender_id'])
      .where('item_id', '=', itemId)
      .orderBy('id')
      .execute(),
  );
const historyOf = async (itemId: number, field: string) =>
  (
    await fixture.inside((tx) =>
      tx
        .selectFrom('history')
        .select('author_id')
        .where('item_id', '=', itemId)
        .where('field', '=', field)
        .orderBy('id')
        .execute(),
    )
  ).at(-1)?.author_id;

describe('5.11 whom rules act for', () => {
  const title = { changes: [{ field: 'title', value: 'changed' }] };

  test.each([
    ['its own person', 'eve@firm.test', () => eve],
    ['the responsible', undefined, () => fixture.employeeId],
    ['the responsible, when its own person is not there any more', 'gone@firm.test', () => fixture.employeeId],
  ])('5.11 %s', async (_, person, expected) => {
    const modified = await runOn('items/modify', { ...title, onBehalfOf: person });
    expect(await historyOf(modified, 'title')).toBe(expected());
    const moved = await runOn('items/change-stage', { stage: 'WARM', onBehalfOf: person });
    expect(await historyOf(moved, 'stage')).toBe(expected());
    const given = await runOn('items/change-responsible', { people: ['eve@firm.test'], onBehalfOf: person });
    expect(await historyOf(given, 'responsible')).toBe(expected());
    const notified = await runOn('alerts/notify', { text: 'x', sender: person });
    expect(await told(notified)).toMatchObject([{ sender_id: expected() }]);
  });
});

describe('5.11 people are resolved when the rule runs', () => {
  test('dismissed employees drop out, duplicates collapse', async () => {
    const recipients = [
      'department:Sales',
      'gone@firm.test',
      'head:Sales',
      'eve@firm.test',
      'supervisor',
      'role:employee',
      'creator',
    ];
    const item = await runOn('alerts/notify', { text: 'x', recipients });
    expect((await told(item)).map(({ employee_id }) => employee_id)).toEqual([eve, fixture.employeeId]);
  });

  test('an item whose responsible was dismissed tells nobody, and says so', async () => {
    const item = await runOn('alerts/notify', { text: 'x' }, { responsibleId: gone });
    expect(await fixture.run(item, 'rule')).toMatchObject({ state: 'failed', error: 'there is no recipient' });
  });

  test.each([
    ['first', ['gone@firm.test', 'eve@firm.test', 'creator'], () => [eve]],
    ['random', ['gone@firm.test', 'eve@firm.test', 'supervisor'], () => [eve]],
    ['random', ['eve@firm.test', 'creator'], () => [eve, fixture.employeeId]],
    ['inTurn', ['gone@firm.test', 'eve@firm.test'], () => [eve]],
    ['leastLoaded', ['gone@firm.test', 'eve@firm.test'], () => [eve]],
  ])('%s of %j never chooses who is dismissed', async (choose, people, expected) => {
    const item = await runOn('items/change-responsible', { people, choose });
    expect(expected()).toContain(await responsibleOf(item));
  });

  test('"skip absent" skips nobody who is not on leave', async () => {
    const item = await runOn('items/change-responsible', { people: ['eve@firm.test'], skipAbsent: true });
    expect(await responsibleOf(item)).toBe(eve);
  });
});
