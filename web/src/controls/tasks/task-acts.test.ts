import type { Task } from '@signalbox/contract/tasks.ts';
import { describe, expect, it } from 'vitest';
import { actsOf, endingOf, statusesFor } from './task-acts.ts';

const rights = {
  nobody: { change: false, accept: false, delete: false },
  responsible: { change: true, accept: false, delete: false },
  creator: { change: true, accept: true, delete: true },
};
const as = (who: keyof typeof rights, status: Task['status']) => ({ status, may: rights[who] });

describe('what can be done with a task', () => {
  it.each([
    ['responsible', 'new', 'start complete defer'],
    ['responsible', 'in-progress', 'complete pause defer'],
    ['responsible', 'deferred', 'resume complete'],
    ['responsible', 'completed', 'reopen'],
    // They handed it in, and may take it back; to accept it is the creator's.
    ['responsible', 'supposedly-completed', 'reopen'],
    ['creator', 'supposedly-completed', 'accept return'],
    ['nobody', 'new', ''],
    ['nobody', 'supposedly-completed', ''],
  ] as const)('by %s when it is %s: %s', (who, status, acts) => {
    expect(actsOf(as(who, status)).join(' ')).toBe(acts);
  });

  it.each([
    ['responsible', 'new', 'complete'],
    ['creator', 'supposedly-completed', 'accept'],
    ['responsible', 'supposedly-completed', undefined],
    ['creator', 'completed', undefined],
  ] as const)('by one click by %s when it is %s: %s', (who, status, act) => {
    expect(endingOf(as(who, status))).toBe(act);
  });

  it('on the board: wherever its acts lead, and nowhere for who only looks', () => {
    expect(statusesFor(as('responsible', 'new'))).toEqual(['new', 'pending', 'in-progress', 'completed', 'deferred']);
    expect(statusesFor(as('creator', 'supposedly-completed'))).toEqual(['pending', 'completed']);
    expect(statusesFor(as('nobody', 'new'))).toEqual([]);
  });
});
