import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRunFixture, type RunFixture } from '../automation/running/testing-runs.ts';

let fixture: RunFixture;
beforeAll(async () => {
  fixture = await makeRunFixture();
});
afterAll(() => fixture.close());

it('items/observers adds and removes, each one save with its history', async () => {
  const eve = await fixture.addEmployee({ name: 'Eve', email: 'eve@firm.test' });
  const rule = (id: string, how: string, stage: string) => ({
    ...{ id, do: 'items/observers', stage, settings: { people: ['eve@firm.test'], how } },
  });
  await fixture.saveBoard({ rules: [rule('add', 'add', 'NEW'), rule('remove', 'remove', 'WARM')] });
  const item = await fixture.create({ observerIds: [fixture.employeeId] });
  await fixture.work();
  const observers = async () =>
    (
      await fixture.inside((tx) =>
        tx.selectFrom('items').select('observer_ids').where('id', '=', item).executeTakeFirstOrThrow(),
      )
    ).observer_ids;
  expect(await observers()).toEqual([fixture.employeeId, eve]);
  await fixture.move(item, 'WARM');
  await fixture.work();
  expect(await observers()).toEqual([fixture.employeeId]);
  const signals = await fixture.inside((tx) =>
    tx.selectFrom('signals').select('kind').where('kind', '=', 'item.changed').execute(),
  );
  expect(signals).toHaveLength(2);
});
