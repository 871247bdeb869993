import { sql } from 'kysely';
import { findStandIn } from '../../../people/stand-in.store.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';

interface Answered {
  readonly employees: { employee: number; extension: string }[];
}

/** Where none of those whom the line names is here any more, whoever stands in for them answers it too, at the phone of their profile. */
export async function withStandIns<L extends Answered>(tx: Tx, line: L): Promise<L> {
  const named = line.employees.map(({ employee }) => employee);
  if (named.length === 0 || (await isAnyHere(tx, named))) return line;
  const others = (await standInsOf(tx, named)).map((employee) => ({ employee, extension: '' }));
  return { ...line, employees: [...line.employees, ...others] };
}

/** The lines that somebody answers because none of those named is here. */
export async function listStoodInFor(tx: Tx, employeeId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number; named: number[] }>`
    select l.id, named from channels l, lateral (
      select array_agg((n ->> 'employee')::bigint) as named from jsonb_array_elements(
        case jsonb_typeof(l.settings -> 'employees') when 'array' then l.settings -> 'employees' else '[]' end) n) of_line
    where l.workspace_id = ${workspaceOf(tx)} and l.kind = 'phone-line' and named is not null and not exists (
      select from employees e
      where e.workspace_id = l.workspace_id and e.id = any(named) and e.dismissed_at is null)`.execute(tx);
  const lines: number[] = [];
  for (const { id, named } of rows) if ((await standInsOf(tx, named)).includes(employeeId)) lines.push(id);
  return lines;
}

async function isAnyHere(tx: Tx, employees: readonly number[]): Promise<boolean> {
  const found = await tx
    .selectFrom('employees')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', employees)
    .where('dismissed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

async function standInsOf(tx: Tx, employees: readonly number[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const employee of employees) {
    const found = await findStandIn(tx, employee);
    if (found !== undefined) ids.add(found.id);
  }
  return [...ids];
}
