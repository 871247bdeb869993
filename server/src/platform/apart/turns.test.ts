import { describe, expect, it } from 'vitest';
import { type Asker, createTurns, type TurnLimits, usualTurns } from './turns.ts';

const person = (workspace: number, who: string): Asker => ({ workspace, who, lane: 'people' });
const sender = (workspace: number, who: string): Asker => ({ workspace, who, lane: 'strangers' });

/** Asks in this order, then ends one turn after the other; answers who ran in which order, and who ran at the same time. */
async function play(askers: readonly Asker[], limits: Partial<TurnLimits> = {}) {
  const turns = createTurns({ ...usualTurns, ...limits });
  const order: string[] = [];
  const running: { name: string; end: () => void }[] = [];
  let refused = 0;
  for (const asker of askers) {
    const name = `${asker.workspace}${asker.who}`;
    void turns.take(asker).then((end) => {
      if (end === undefined) refused += 1;
      else {
        order.push(name);
        running.push({ name, end });
      }
    });
  }
  await settled();
  const atOnce = running.map(({ name }) => name);
  for (let next = running.shift(); next !== undefined; next = running.shift()) {
    next.end();
    await settled();
  }
  return { order, atOnce, refused };
}

const settled = () => new Promise((go) => setImmediate(go));

describe('turns', () => {
  it('go in the order in which they are asked for when nothing else tells them apart', async () => {
    const { order, atOnce } = await play([person(1, 'a'), person(2, 'b'), person(3, 'c'), person(4, 'd')]);
    expect(order).toEqual(['1a', '2b', '3c', '4d']);
    expect(atOnce).toEqual(['1a', '2b', '3c']);
  });

  it('of one sender come one at a time, and others of the workspace in between', async () => {
    const flood = Array.from({ length: 5 }, () => sender(1, 'x'));
    const { order, atOnce } = await play([...flood, sender(1, 'y'), person(1, 'a')]);
    expect(atOnce).toEqual(['1x', '1a']);
    expect(order).toEqual(['1x', '1a', '1y', '1x', '1x', '1x', '1x']);
  });

  it('of senders under many names leave a turn for the people of their workspace', async () => {
    const flood = Array.from({ length: 20 }, (_, n) => sender(1, `x${n}`));
    const { order } = await play([...flood, person(1, 'a')]);
    expect(order.indexOf('1a')).toBeLessThanOrEqual(1);
  });

  it('of one workspace leave a turn for another', async () => {
    const flood = Array.from({ length: 20 }, (_, n) => person(1, `a${n}`));
    const { order, atOnce } = await play([...flood, person(2, 'b')]);
    expect(atOnce).toEqual(['1a0', '1a1', '2b']);
    expect(order).toHaveLength(21);
  });

  it('of senders to all workspaces leave a turn for people', async () => {
    const flood = Array.from({ length: 9 }, (_, n) => sender(n, 'x'));
    const { atOnce } = await play([...flood, person(20, 'b')]);
    expect(atOnce).toEqual(['0x', '1x', '20b']);
  });

  it('are refused when too many wait, first those of whoever waits most', async () => {
    const flood = Array.from({ length: 30 }, () => sender(1, 'x'));
    const { refused, order } = await play([...flood, sender(1, 'y')], { waitingOfOne: 10 });
    expect(refused).toBe(19);
    expect(order).toContain('1y');
    expect((await play(flood, { waiting: 5 })).refused).toBe(24);
  });

  it('end once, however often that is said', async () => {
    const turns = createTurns({ ...usualTurns, all: 1 });
    const first = await turns.take(person(1, 'a'));
    first?.();
    first?.();
    const running: string[] = [];
    for (const who of ['b', 'c']) void turns.take(person(1, who)).then(() => running.push(who));
    await settled();
    expect(running).toEqual(['b']);
  });
});
