import { randomInt } from 'node:crypto';
import type { PeoplePort } from '@signalbox/automation/kit/definitions/ports.ts';
import type { PersonFacts } from '@signalbox/automation/kit/facts.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type PersonRef, readPersonRef } from '@signalbox/automation/kit/values/people.ts';
import { isAbsent } from '@signalbox/automation/kit/values/presence.ts';
import { type FieldValue, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { findLeastLoaded, lockTurn, saveTurn } from './turns.store.ts';

/** Who is meant by the person fields of a rule (rules.md). */
export function peoplePort(scope: PortScope): PeoplePort {
  return {
    resolve: async (refs) => resolvePeople(scope, refs),
    absent: async (ids) => ids.filter((id) => isAway(scope, id)),
    random: async (ids) => someOf(ids, randomInt(Math.max(ids.length, 1))),
    leastLoaded: async (ids) => chosen(await findLeastLoaded(scope.tx, ids)),
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
    email: () => present(directory?.byEmail[name ?? '']),
  };
  return ways[is]();
}

// The operator who accepted, the one who called or wrote: by id or e-mail address.
function employeeOf({ signal, reference }: Pick<PortScope, 'reference' | 'signal'>): number[] {
  const employee = isRecord(signal?.payload) ? (signal.payload.employee ?? signal.payload.by) : undefined;
  if (typeof employee === 'string') return present(reference.workspace.directory?.byEmail[normalEmail(employee)]);
  return typeof employee === 'number' ? [employee] : [];
}

const present = (id: number | null | undefined): number[] => (id === null || id === undefined ? [] : [id]);

function numbersIn(value: FieldValue | undefined): number[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'number');
}

async function takeTurn({ tx, board, rule }: PortScope, ids: readonly number[]): Promise<number> {
  const turn = { pipelineId: board.pipelineId, ruleId: rule.id };
  const last = await lockTurn(tx, turn);
  const next = someOf(ids, (ids.indexOf(last) + 1) % Math.max(ids.length, 1));
  await saveTurn(tx, turn, next);
  return next;
}

function someOf(ids: readonly number[], index: number): number {
  return chosen(ids[index]);
}

function chosen(id: number | undefined): number {
  if (id === undefined) throw new Impossible(because('nobody-to-choose'));
  return id;
}
