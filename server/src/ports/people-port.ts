import { randomInt } from 'node:crypto';
import type { PeoplePort } from '@signalbox/automation/kit/definitions/ports.ts';
import type { PersonFacts } from '@signalbox/automation/kit/facts.ts';
import { type PersonRef, readPersonRef } from '@signalbox/automation/kit/values/people.ts';
import { isAbsent } from '@signalbox/automation/kit/values/presence.ts';
import { type FieldValue, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import type { PortScope } from '../automation/running/port-scope.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import { arrays } from '../platform/sql-arrays.ts';

/** Who is meant by the person fields of a rule (rules.md). */
export function peoplePort(scope: PortScope): PeoplePort {
  return {
    resolve: async (refs) => resolvePeople(scope, refs),
    absent: async (ids) => ids.filter((id) => isAway(scope, id)),
    random: async (ids) => someOf(ids, randomInt(Math.max(ids.length, 1))),
    leastLoaded: (ids) => findLeastLoaded(scope, ids),
    nextInTurn: (ids) => scope.write(() => takeTurn(scope, ids)),
  };
}

// On leave; a break or the end of the day is no absence.
function isAway({ reference, now }: PortScope, id: number): boolean {
  const presence = reference.people.get(id)?.presence;
  return presence !== undefined && isAbsent(presence, now.getTime());
}

/** In the order asked for; duplicates collapse, dismissed employees drop out. */
export function resolvePeople(
  scope: Pick<PortScope, 'item' | 'reference' | 'signal'>,
  refs: readonly PersonRef[],
): PersonFacts[] {
  const { people, workspace } = scope.reference;
  const present = new Set(Object.values(workspace.directory?.byEmail ?? {}));
  const ids = new Set(refs.flatMap((ref) => idsOf(scope, ref)));
  return [...ids].flatMap((id) => (present.has(id) ? (people.get(id) ?? []) : []));
}

function idsOf(scope: Pick<PortScope, 'item' | 'reference' | 'signal'>, ref: PersonRef): number[] {
  const item = scope.item();
  const { directory } = scope.reference.workspace;
  const { is, name } = readPersonRef(ref);
  const named = (table: Readonly<Record<string, readonly number[]>> | undefined) => [...(table?.[name ?? ''] ?? [])];
  const ways: Record<typeof is, () => number[]> = {
    responsible: () => present(item.responsible?.id),
    supervisor: () => present(item.responsible?.supervisorId),
    creator: () => present(item.creator?.id),
    observers: () => numbersIn(item.values.observers),
    signal: () => employeeOf(scope),
    role: () => named(directory?.roles),
    department: () => named(directory?.departments),
    head: () => present(directory?.heads[name ?? '']),
    field: () => numbersIn(item.values[name ?? '']),
    email: () => present(directory?.byEmail[(name ?? '').toLowerCase()]),
  };
  return ways[is]();
}

// The operator who accepted, the one who called or wrote: by id or e-mail address.
function employeeOf({ signal, reference }: Pick<PortScope, 'reference' | 'signal'>): number[] {
  const employee = isRecord(signal?.payload) ? (signal.payload.employee ?? signal.payload.by) : undefined;
  if (typeof employee === 'string') return present(reference.workspace.directory?.byEmail[employee.toLowerCase()]);
  return typeof employee === 'number' ? [employee] : [];
}

const present = (id: number | null | undefined): number[] => (id === null || id === undefined ? [] : [id]);

function numbersIn(value: FieldValue | undefined): number[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'number');
}

async function findLeastLoaded({ tx }: PortScope, ids: readonly number[]): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select p.id from unnest(${arrays.numbers(ids)}::bigint[]) with ordinality p (id, place)
    order by (
      select count(*) from items i join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id and s.kind = 'open'
      where i.workspace_id = ${workspaceOf(tx)} and i.responsible_id = p.id), p.place
    limit 1`.execute(tx);
  return someOf(
    rows.map((row) => row.id),
    0,
  );
}

async function takeTurn({ tx, board, rule }: PortScope, ids: readonly number[]): Promise<number> {
  const turn = { workspace_id: workspaceOf(tx), pipeline_id: board.pipelineId, rule_id: rule.id };
  // Two items at once take two turns: the row is locked until the run is done.
  await tx
    .insertInto('rule_turns')
    .values({ ...turn, last_employee_id: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { last_employee_id: last } = await tx
    .selectFrom('rule_turns')
    .select('last_employee_id')
    .where((is) => is.and(turn))
    .forUpdate()
    .executeTakeFirstOrThrow();
  const next = someOf(ids, (ids.indexOf(last) + 1) % Math.max(ids.length, 1));
  await tx
    .updateTable('rule_turns')
    .set({ last_employee_id: next })
    .where((is) => is.and(turn))
    .execute();
  return next;
}

function someOf(ids: readonly number[], index: number): number {
  const id = ids[index];
  if (id === undefined) throw new Impossible(because('nobody-to-choose'));
  return id;
}
