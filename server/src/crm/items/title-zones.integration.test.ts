import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import type { Tx } from '../../platform/db.ts';
import { likeText } from '../client-book/clients.store.ts';
import { foldWaitingTitles } from './fold-titles.ts';
import { findPlaces, type Placed } from './list-items.store.ts';
import { listItems } from './list-items.ts';
import { findTitleZones, foldTitles, type TitleZones } from './narrowing/title-zones.store.ts';
import { now } from './testing-lists.ts';

const bench = engineBench();

const words = ['Garden', 'GÄRTEN', 'roof', 'Roof', 'Straße', '12', '100%', 'a', 'ΟΔΟΣ'];
const title = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('add' as const), title }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('rename' as const), title }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('delete' as const), title }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('fold' as const), title }) },
);
const searched = ['gar', 'roof', 'ärte', 'f ro', '100%', 'straß', '12 12', 'nowhere'];

/** Page by page, each by the zones as they are then. */
async function listBy(tx: Tx, text: string, sort: string, zonesOf: () => Promise<TitleZones | undefined>) {
  const found: Placed[] = [];
  for (;;) {
    const search = { sort, text: sql`i.title ilike ${likeText(text)}`, after: found.at(-1), limit: 4 };
    const page = await findPlaces(tx, { ...search, zones: await zonesOf() });
    found.push(...page);
    if (page.length < 4) return found;
  }
}

test('a search in the order of titles finds what it would without zones, whatever was written since they were made', async () => {
  const { inside, addItem, workspaceId } = bench.here();
  const ids: number[] = [];
  const renameOne = (id: number | undefined, next: string) => (tx: Tx) =>
    sql`update items set title = ${next} where workspace_id = ${workspaceId} and id = ${id ?? 0}`.execute(tx);
  const deleteOne = (id: number | undefined) => (tx: Tx) =>
    sql`delete from items where workspace_id = ${workspaceId} and id = ${id ?? 0}`.execute(tx);
  let skipped = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const { is, title: given } of steps) {
        if (is === 'add') ids.push(await addItem({ title: given }));
        if (is === 'rename') await inside(renameOne(ids[ids.length >> 1], given));
        if (is === 'delete') await inside(deleteOne(ids.shift()));
        if (is === 'fold') await inside((tx) => foldTitles(tx, { made: 3, added: 4, batch: 12 }));
      }
      await inside(async (tx) => {
        for (const text of searched) {
          for (const sort of ['title', '-title']) {
            const plain = await listBy(tx, text, sort, async () => undefined);
            expect(await listBy(tx, text, sort, () => findTitleZones(tx, text)), `${text} by ${sort}`).toEqual(plain);
          }
          const zones = await findTitleZones(tx, text);
          if (zones?.stretches.every(({ from, to }) => from !== '' || to !== null)) skipped += 1;
        }
      });
    }),
    { numRuns: 12 },
  );
  expect(skipped).toBeGreaterThan(0);
});

test('many that fit are listed by title in both directions, with those found by their client, new ones, and renamed ones', async () => {
  const { inside, addItems, addItem, addContact } = bench.here();
  const [renamed] = await addItems(2_100, { title: 'Garden' });
  await addItems(300, { title: 'Roof' });
  expect(await foldWaitingTitles(bench.context())).toBe(2_400);
  await addItem({ title: 'Stairs', contactId: await addContact({ name: 'Gardener' }) });
  await addItem({ title: 'A garden' });
  await inside((tx) => sql`update items set title = 'Roof and stairs' where id = ${renamed ?? 0}`.execute(tx));
  const find = (sort: string, q = 'garden') =>
    inside(async (tx) => (await listItems(tx, { q, sort, limit: 3, now })).data.map(({ title: said }) => said));
  expect(await find('title')).toEqual(['A garden 1', 'Garden 10', 'Garden 100']);
  expect(await find('-title')).toEqual(['Stairs 1', 'Garden 999', 'Garden 998']);
  expect(await find('title', 'stairs')).toEqual(['Roof and stairs', 'Stairs 1']);
});
