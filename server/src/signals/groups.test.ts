import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inGroups } from './groups.ts';

/** Groups as they were handed on, each answered when its test says so. */
function watch() {
  const groups: string[][] = [];
  let answer = () => {};
  const add = inGroups<string>({
    take: (waiting) => waiting.splice(0),
    handle: (group) => {
      groups.push([...group]);
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    },
  });
  const handled = async (count: number) => {
    for (const end = Date.now() + 10_000; groups.length < count && Date.now() < end; ) await sleep(1);
    expect(groups).toHaveLength(count);
  };
  return { add: (...all: string[]) => all.forEach(add), answer: () => answer(), groups, handled };
}

it('takes together who comes in one turn, and then who came meanwhile', async () => {
  const { add, answer, groups, handled } = watch();
  add('a', 'b');
  await handled(1);
  add('c', 'd');
  answer();
  await handled(2);
  expect(groups).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

it('waits for those who were answered and come again one by one', async () => {
  const { add, answer, groups, handled } = watch();
  add('a', 'b', 'c');
  await handled(1);
  answer();
  await turn();
  add('a again');
  await turn();
  add('b again');
  await turn();
  add('c again');
  await handled(2);
  expect(groups[1]).toEqual(['a again', 'b again', 'c again']);
});

it('waits a moment only: who does not come again keeps nobody', async () => {
  const { add, answer, groups, handled } = watch();
  add('a', 'b');
  await handled(1);
  answer();
  await turn();
  add('a again');
  await handled(2);
  expect(groups[1]).toEqual(['a again']);
});

it('lets who comes alone, or after a pause, wait for nobody', async () => {
  const { add, answer, groups, handled } = watch();
  const isTakenAtOnce = async (one: string) => {
    const count = groups.length;
    add(one);
    await turn();
    await turn();
    expect(groups.slice(count)).toEqual([[one]]);
    answer();
  };
  await isTakenAtOnce('alone');
  await isTakenAtOnce('alone again');
  add('a', 'b');
  await handled(3);
  answer();
  await sleep(30);
  await isTakenAtOnce('later');
});
