import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import { UserError } from '../../platform/errors.ts';
import { createEmptyDatabase } from '../../platform/testing.ts';
import { withClient } from '../../platform/testing-databases.ts';
import { listItems } from './list-items.ts';

const bench = engineBench();
const now = new Date();

async function changed(changedSince: string, limit = 50, more: object = {}) {
  const { data, nextCursor } = await bench.here().inside((tx) => listItems(tx, { changedSince, limit, now, ...more }));
  if (nextCursor === null) throw new Error('there is always a next one');
  return { ids: data.map(({ id }) => id).toSorted((a, b) => a - b), next: nextCursor };
}
const touch = (id: number, at = now) =>
  bench
    .here()
    .inside((tx) => sql`update items set title = title || '.', updated_at = ${at} where id = ${id}`.execute(tx));

/** A change that has been written and is not committed until it is told to end. */
async function changeSlowly(id: number): Promise<() => Promise<void>> {
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const under = bench.here().inside(async (tx) => {
    await sql`update items set title = 'slow' where id = ${id}`.execute(tx);
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  return () => {
    end.resolve();
    return under;
  };
}

const cursorFrom = (from: number) => Buffer.from(JSON.stringify([from, null, null])).toString('base64url');

/** The number of the transaction that changed it last; tests in other databases of the server take numbers too. */
async function changedBy(id: number): Promise<number> {
  const { rows } = await bench
    .here()
    .inside((tx) => sql<{ xid: string }>`select xmin::text as xid from items where id = ${id}`.execute(tx));
  return Number(rows[0]?.xid);
}

/** Everything up to now, a page at a time. */
async function all(since: string, limit: number) {
  const ids: number[] = [];
  for (let cursor = since; ; ) {
    const page = await changed(cursor, limit);
    ids.push(...page.ids);
    cursor = page.next;
    if (page.ids.length < limit) return { ids: ids.toSorted((a, b) => a - b), next: cursor };
  }
}

describe('what was changed since', () => {
  test('is told once: everything at first, then what is new, then nothing', async () => {
    const ids = await bench.here().addItems(7);
    const first = await all('', 3);
    expect(first.ids).toEqual(ids);
    expect((await changed(first.next)).ids).toEqual([]);
    await touch(ids[2] ?? 0);
    const second = await changed(first.next);
    expect(second.ids).toEqual([ids[2]]);
    expect((await changed(second.next)).ids).toEqual([]);
  });

  test('a change that is earlier by its clock than what was told already is not missed', async () => {
    const [one = 0, two = 0] = await bench.here().addItems(2);
    const { next } = await all('', 50);
    await touch(one);
    const told = await changed(next);
    await touch(two, new Date(now.getTime() - 3_600_000));
    expect([told.ids, (await changed(told.next)).ids]).toEqual([[one], [two]]);
  });

  test('one that was under way while others were told comes when it is committed, and the others not again', async () => {
    const [slow = 0, quick = 0] = await bench.here().addItems(2);
    const { next } = await all('', 50);
    const seen: number[][] = [];
    let cursor = next;
    const poll = async () => {
      const page = await changed(cursor);
      seen.push(page.ids);
      cursor = page.next;
    };
    const commit = await changeSlowly(slow);
    await touch(quick);
    await poll();
    await commit();
    await poll();
    await poll();
    expect(seen.flat().toSorted((a, b) => a - b)).toEqual([slow, quick].toSorted((a, b) => a - b));
  });

  test('no change is missed by whoever asks while twenty others save at once, in any order', async () => {
    const ids = await bench.here().addItems(20);
    const told = new Set<number>();
    let cursor = (await all('', 50)).next;
    const poll = async () => {
      const page = await changed(cursor, 7);
      for (const id of page.ids) told.add(id);
      cursor = page.next;
      return page.ids.length;
    };
    const saves = ids.map((id, at) => touch(id, new Date(now.getTime() - at * 1_300)));
    for (let asked = 0; asked < 10; asked += 1) await poll();
    await Promise.all(saves);
    while ((await poll()) > 0) {}
    expect([...told].toSorted((a, b) => a - b)).toEqual(ids);
  });

  test('one that was rolled back is not told, and the same one saved again is', async () => {
    const [item = 0] = await bench.here().addItems(1);
    const { next } = await all('', 50);
    const undone = bench.here().inside(async (tx) => {
      await sql`update items set title = 'undone' where id = ${item}`.execute(tx);
      throw new UserError({ status: 422, code: 'x', title: 'x' });
    });
    await expect(undone).rejects.toThrow(UserError);
    const before = await changed(next);
    await touch(item);
    expect([before.ids, (await changed(before.next)).ids]).toEqual([[], [item]]);
  });

  test('a new item is told, whatever moment it says it was made', async () => {
    await bench.here().addItems(1);
    const { next } = await all('', 50);
    const made = await bench.here().addItems(2);
    await bench
      .here()
      .inside((tx) =>
        sql`update items set updated_at = '2020-01-01', created_at = '2020-01-01' where id = ${made[0]}`.execute(tx),
      );
    const told = await changed(next);
    expect(told.ids).toEqual(made);
    expect((await changed(told.next)).ids).toEqual([]);
  });

  test('waits for nobody who is busy in another database of the same server', async () => {
    const [item = 0] = await bench.here().addItems(1);
    const other = await createEmptyDatabase();
    try {
      await withClient(other.url, async (client) => {
        await client.query('begin');
        await client.query('create table busy ()');
        const { ids, next } = await changed('');
        await touch(item);
        expect([ids, (await changed(next)).ids]).toEqual([[item], [item]]);
        await client.query('rollback');
      });
    } finally {
      await other.close();
    }
  });

  test('is told at once however many are busy in another database, and whenever they end', async () => {
    const ids = await bench.here().addItems(3);
    const other = await createEmptyDatabase();
    let rounds = 0;
    const neighbour = () =>
      withClient(other.url, async (client) => {
        while (rounds < 60) {
          await client.query('begin');
          await client.query('select pg_current_xact_id(), pg_sleep(0.02 * random())');
          await client.query('commit');
        }
      });
    const neighbours = Array.from({ length: 12 }, neighbour);
    try {
      for (; rounds < 60; rounds += 1) {
        await touch(ids[0] ?? 0);
        const first = await changed('');
        expect([first.ids, (await changed(first.next)).ids]).toEqual([ids, []]);
      }
    } finally {
      rounds = 60;
      await Promise.all(neighbours);
      await other.close();
    }
  });

  test('a cursor that is ahead of what has ended by now waits, and what was told is not told again', async () => {
    const [slow = 0] = await bench.here().addItems(1);
    const commit = await changeSlowly(slow);
    const [told = 0] = await bench.here().addItems(1);
    const later = await bench.here().addItems(1);
    const ahead = cursorFrom((await changedBy(told)) + 1);
    const waiting = await changed(ahead);
    await commit();
    expect([waiting.ids, waiting.next]).toEqual([[], ahead]);
    expect((await changed(waiting.next)).ids).toEqual(expect.arrayContaining(later));
  });

  test('what changes between two pages comes with the next round, and nobody is lost', async () => {
    const ids = await bench.here().addItems(5);
    const page = await changed('', 2);
    const [still = 0] = ids;
    await touch(still);
    const rest = await all(page.next, 2);
    expect(new Set([...page.ids, ...rest.ids])).toEqual(new Set(ids));
  });

  test('after a backup came back into another database everything is told again', async () => {
    const ids = await bench.here().addItems(2);
    expect((await changed(cursorFrom(2 ** 45))).ids).toEqual(ids);
  });

  test('goes with type and stage, and with neither sort nor filter nor a broken cursor', async () => {
    const [item = 0] = await bench.here().addItems(1, { stage: 'OFFER' });
    await bench.here().addItems(1, { stage: 'NEW' });
    expect((await changed('', 50, { type: 'deal', stage: 'OFFER' })).ids).toEqual([item]);
    for (const more of [{ sort: 'title' }, { filter: '{}' }, { cursor: 'x' }])
      await expect(changed('', 50, more)).rejects.toThrow(UserError);
    await expect(changed('nonsense')).rejects.toThrow(UserError);
  });
});
