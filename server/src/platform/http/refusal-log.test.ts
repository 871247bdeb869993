import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createWarner } from '../log.ts';

it('warns so many times a minute, and then says how many it left out of each kind', async () => {
  const written: object[] = [];
  const log = { warn: (fields: object, words: string) => void written.push({ ...fields, words }) };
  const warn = createWarner({ linesAMinute: 3, minuteMs: 100 });
  const refuse = (kind: string, times: number) => {
    for (let time = 0; time < times; time += 1) warn(log, { kind }, { kind, words: 'a request was refused' });
  };

  refuse('too-much', 10);
  refuse('busy', 5);
  expect(written).toEqual([1, 2, 3].map(() => ({ kind: 'too-much', words: 'a request was refused' })));

  await expect.poll(() => written.length).toBe(4);
  expect(written[3]).toMatchObject({ leftOut: { 'too-much': 7, busy: 5 } });

  refuse('busy', 1);
  expect(written[4]).toMatchObject({ kind: 'busy' });
  await sleep(300);
  // Nothing was left out of the second minute.
  expect(written).toHaveLength(5);
});
