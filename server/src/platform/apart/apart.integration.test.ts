import { describe, expect, it, vi } from 'vitest';
import { apart, apartInPieces } from './apart.ts';
import type { work } from './testing-job.ts';
import type { work as pieces } from './testing-pieces.ts';

const run = apart<typeof work>(new URL('./testing-job.ts', import.meta.url), {
  deadlineMs: 1_500,
});
const anybody = { workspace: 1, who: 'a', lane: 'people' } as const;
/** What only this file runs at the same time. */
const other = { workspace: 2, who: 'b', lane: 'people' } as const;

describe('work in a process of its own', () => {
  it('answers what it made', async () => {
    expect(await run({ how: 'answers', letters: 3 }, anybody)).toBe('xxx');
  });

  it.each([
    ['turns for ever', 'late'],
    ['sleeps', 'late'],
    ['fills its memory', /late|died/],
    ['ends', 'died'],
    ['throws', 'failed'],
    ['reads a file', 'failed'],
    ['writes a file', 'failed'],
  ])('that %s is given up, and the next is done', async (how, why) => {
    await expect(run({ how }, anybody)).rejects.toMatchObject({ name: 'GaveUp', why: expect.stringMatching(why) });
    expect(await run({ how: 'answers', letters: 2 }, anybody)).toBe('xx');
  });

  it('is told nothing of the settings', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://secret');
    expect(await run({ how: 'looks for secrets' }, anybody)).not.toContain('DATABASE_URL');
    vi.unstubAllEnvs();
  });

  it('stops nothing else meanwhile', async () => {
    const slow = run({ how: 'turns for ever' }, anybody).catch(() => 'given up');
    const began = process.threadCpuUsage();
    expect(await run({ how: 'answers', letters: 1 }, other)).toBe('x');
    const { user, system } = process.threadCpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(500);
    expect(await slow).toBe('given up');
  });
});

describe('what is large', () => {
  const cut = apartInPieces<typeof pieces>(new URL('./testing-pieces.ts', import.meta.url), { deadlineMs: 20_000 });

  it('goes in and comes out in pieces, in their order', async () => {
    const bytes = Buffer.alloc(10_000_000, 'abcdefghij');
    const taken: string[] = [];
    const count = await cut({ input: { letters: 3_000_000 }, bytes, take: (piece) => taken.push(piece) }, anybody);
    expect(count).toBe(10_000_000);
    expect(taken.map(({ length }) => length)).toEqual([3_000_000, 3_000_000, 3_000_000, 1_000_000]);
    expect(taken.join('') === bytes.toString()).toBe(true);
  });

  it('is forgotten when the work fails, and the next begins anew', async () => {
    const ask = (text: string) => cut({ input: { letters: 2 }, bytes: Buffer.from(text), take: () => {} }, anybody);
    await expect(ask('fail')).rejects.toMatchObject({ name: 'GaveUp', why: 'failed' });
    expect(await ask('four')).toBe(4);
  });
});
