import { createTurns } from '../../platform/apart/turns.ts';
import type { Caller } from '../../platform/context.ts';
import { UserError } from '../../platform/errors.ts';

// What a filter leaves is judged row by row on the main thread, and a transaction stays open meanwhile.
const turns = createTurns({
  ...{ all: 8, workspace: 4, strangers: 1, strangersOfOne: 1, asker: 2 },
  ...{ waiting: 300, waitingOfOne: 60 },
});

/** Lists with a filter are read two at a time of one person, four of a workspace; the others wait for their turn. */
export async function inFilterTurn<T>({ workspaceId, employeeId }: Caller, read: () => Promise<T>): Promise<T> {
  const end = await turns.take({ workspace: workspaceId, who: String(employeeId), lane: 'people' });
  if (end === undefined) throw busy();
  try {
    return await read();
  } finally {
    end();
  }
}

function busy(): UserError {
  const detail = 'Too many filters wait to be read; try again in a moment';
  return new UserError({ status: 503, code: 'busy', title: 'Busy', detail });
}
