import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { listDepartments } from '../../people/departments.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { StoredTask } from '../kept/task-row.ts';

interface Reported {
  readonly before: StoredTask;
  readonly after: StoredTask;
  readonly byId: number | null;
}

const MOST_DESCRIBED = 2_000;

/** What the signal says of the task as it is now: conditions read it as `task.title`, `task.responsible` … */
export async function payloadOf(tx: Tx, { before, after, byId }: Reported) {
  const { id, title, description, kind, status, deadline, responsibleId, creatorId } = after;
  const department = await departmentOf(tx, responsibleId);
  return {
    ...{ task: id, status, previous: before.status, title, kind },
    ...(description !== '' && { description: description.slice(0, MOST_DESCRIBED) }),
    ...(responsibleId !== null && { responsible: responsibleId }),
    ...(department !== undefined && { department }),
    ...(creatorId !== null && { creator: creatorId }),
    ...(deadline !== null && { deadline: deadline.toISOString() }),
    ...(byId !== null && { by: byId }),
  };
}

async function departmentOf(tx: Tx, employeeId: number | null): Promise<string | undefined> {
  const departmentId = (await loadReference(tx)).people.get(employeeId ?? 0)?.departmentId;
  if (departmentId == null) return undefined;
  return (await listDepartments(tx, workspaceOf(tx))).find(({ id }) => id === departmentId)?.name;
}
