import { loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { StoredTask } from '../kept/task-row.ts';

interface Reported {
  readonly before: StoredTask;
  readonly after: StoredTask;
  readonly byId: number | null;
}

/** What the signal says of the task as it is now: conditions read it as `task.title`, `task.responsible` … */
export async function payloadOf(tx: Tx, { before, after, byId }: Reported) {
  const people = await loadPeople(tx, workspaceOf(tx), [after.responsibleId, after.creatorId]);
  const emailOf = (id: number | null) => people.get(id ?? 0)?.email;
  const { id, title, description, kind, status, deadline, madeBy } = after;
  return {
    ...{ task: id, status, previous: before.status, title, kind },
    ...(description !== '' && { description: description.slice(0, 2_000) }),
    ...(after.responsibleId !== null && {
      responsible: after.responsibleId,
      responsibleEmail: emailOf(after.responsibleId),
    }),
    ...(after.creatorId !== null && { creator: after.creatorId, creatorEmail: emailOf(after.creatorId) }),
    ...(deadline !== null && { deadline: deadline.toISOString() }),
    ...(madeBy !== null && { rule: madeBy.ruleId }),
    ...(byId !== null && { by: byId }),
  };
}
