import { sql } from 'kysely';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspaceOften, type Tx } from '../platform/db.ts';
import { checkQuota } from '../platform/quotas/check-quota.ts';
import { arrays } from '../platform/sql-arrays.ts';
import { inGroups } from './groups.ts';
import {
  type AskTurn,
  type FreshSignal,
  findRecorded,
  type NewSignal,
  type Recorded,
  recordSignals,
  recordSignalsOfItems,
  type SignalClient,
} from './record-signals.ts';

export interface Recorder {
  /**
   * Records all or none of a caller's signals, in a transaction shared with whoever else asks at this moment; answered
   * after the commit. Throws UnknownTie when an item or a client is not there.
   */
  record(workspaceId: number, signals: readonly NewSignal[]): Promise<readonly Recorded[]>;
}

/** A signal names an item or a client that the workspace does not have. */
export class UnknownTie extends Error {
  readonly problems: readonly TieProblem[];

  constructor(problems: readonly TieProblem[]) {
    super('an item or a client of the signals is not known');
    this.problems = problems;
  }
}

/** Which of the given signals, and what it names wrongly. */
export interface TieProblem {
  readonly index: number;
  readonly what: 'item' | 'client';
}

/** Carries out a recording in a transaction of the workspace, and may decide in the same what it has recorded. */
export type CarryOut = <T>(workspaceId: number, recording: Recording<T>) => Promise<T>;

export interface Recording<T> {
  readonly signalCount: number;
  /** What is `fresh` the caller has to decide or to queue. */
  record(tx: Tx, turn: AskTurn): Promise<{ readonly answer: T; readonly fresh: readonly FreshSignal[] }>;
}

interface Waiting {
  readonly signals: readonly NewSignal[];
  answer(recorded: readonly Recorded[]): void;
  refuse(error: unknown): void;
}

/** More than this in one commit would make the last wait long. */
const MAX_TOGETHER = 1_000;

/**
 * Ten callers at once cost one commit instead of ten (architecture.md, Order and speed). Where the engine runs, `carryOut` is its own:
 * who records decides as well when nothing else waits, while the next callers gather (adr/0018).
 */
export function createRecorder(
  { databases }: Pick<Context, 'databases'>,
  carryOut: CarryOut = leaveToEngine(databases),
): Recorder {
  const doors = new Map<number, (one: Waiting) => void>();

  const openDoor = (workspaceId: number) => {
    const door = inGroups<Waiting>({
      take: takeGroup,
      handle: (group) => recordGroup(workspaceId, group).catch(() => recordOneByOne(workspaceId, group)),
    });
    doors.set(workspaceId, door);
    return door;
  };
  const recordGroup = async (workspaceId: number, group: readonly Waiting[]) => {
    const signalCount = group.reduce((sum, { signals }) => sum + signals.length, 0);
    const answers = await carryOut(workspaceId, {
      signalCount,
      record: (tx, turn) => recordTogether(tx, group, turn),
    });
    for (const [one, answer] of answers) answer instanceof UnknownTie ? one.refuse(answer) : one.answer(answer);
  };
  const recordOneByOne = async (workspaceId: number, group: readonly Waiting[]) => {
    for (const one of group) await recordGroup(workspaceId, [one]).catch(one.refuse);
  };

  return {
    record: (workspaceId, signals) =>
      new Promise((answer, refuse) => {
        const come = doors.get(workspaceId) ?? openDoor(workspaceId);
        come({ signals, answer, refuse });
      }),
  };
}

function leaveToEngine({ app }: Context['databases']): CarryOut {
  return (workspaceId, { record }) => inWorkspaceOften(app, workspaceId, async (tx) => (await record(tx, null)).answer);
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let size = 0;
  const count = queue.findIndex((one) => {
    size += one.signals.length;
    return size > MAX_TOGETHER;
  });
  return queue.splice(0, count === -1 ? queue.length : Math.max(1, count));
}

type Answers = ReadonlyMap<Waiting, readonly Recorded[] | UnknownTie>;

async function recordTogether(
  tx: Tx,
  group: readonly Waiting[],
  turn: AskTurn,
): Promise<{ readonly answer: Answers; readonly fresh: readonly FreshSignal[] }> {
  const signals = group.flatMap((one) => one.signals);
  await checkQuota(tx, { name: 'waiting-signals', amount: signals.length, now: new Date() });
  const namesClients = signals.some(({ client }) => client?.id !== undefined);
  const all = namesClients ? null : await recordSignalsOfItems(tx, signals, turn);
  if (all === null) return { answer: await recordKnown(tx, group), fresh: [] };
  return { answer: new Map(shareOut(group, all.answers)), fresh: all.fresh };
}

/** The long way, always queued: each caller whose signals name something that is not there is refused, the others' are recorded. */
async function recordKnown(tx: Tx, group: readonly Waiting[]): Promise<Answers> {
  const signals = group.flatMap((one) => one.signals);
  const ties = await findTies(tx, signals);
  const strange = signals.filter((signal) => unknownOf(signal, ties) !== null);
  // What was recorded before is answered as it was then, even if its item has gone meanwhile (semantics.md 1.2).
  const repeated = await findRecorded(
    tx,
    strange.map(({ sourceKey }) => sourceKey),
  );
  const isRefused = (signal: NewSignal) => !repeated.has(signal.sourceKey);
  const refused = new Map(group.flatMap((one) => refusalOf(one, ties, isRefused)));
  const accepted = group.filter((one) => !refused.has(one));
  const recorded = await recordSignals(
    tx,
    accepted.flatMap(({ signals }) => signals),
  );
  return new Map<Waiting, readonly Recorded[] | UnknownTie>([...refused, ...shareOut(accepted, recorded)]);
}

function shareOut(group: readonly Waiting[], recorded: readonly Recorded[]): [Waiting, readonly Recorded[]][] {
  let from = 0;
  return group.map((one) => {
    const mine = recorded.slice(from, from + one.signals.length);
    from += one.signals.length;
    return [one, mine];
  });
}

interface Ties {
  /** Their types. */
  readonly items: ReadonlyMap<number, string>;
  readonly clients: ReadonlySet<string>;
}

function refusalOf(one: Waiting, ties: Ties, isRefused: (signal: NewSignal) => boolean): [Waiting, UnknownTie][] {
  const problems = one.signals.flatMap((signal, index): TieProblem[] => {
    const what = unknownOf(signal, ties);
    return what === null || !isRefused(signal) ? [] : [{ index, what }];
  });
  return problems.length === 0 ? [] : [[one, new UnknownTie(problems)]];
}

function unknownOf({ items, itemType, client }: NewSignal, ties: Ties): TieProblem['what'] | null {
  const isThere = (type: string | undefined) => type !== undefined && type === (itemType ?? type);
  if (items?.some((id) => !isThere(ties.items.get(id)))) return 'item';
  if (client?.id === undefined) return null;
  return ties.clients.has(`${client.kind ?? 'contact'} ${client.id}`) ? null : 'client';
}

/** What the signals name and the workspace has. The items are locked: the next signal of one of them gets its id after this commit (semantics.md 1.4). */
async function findTies(tx: Tx, signals: readonly NewSignal[]): Promise<Ties> {
  const items = [...new Set(signals.flatMap((signal) => signal.items ?? []))];
  const clients = signals.flatMap(({ client }) => client ?? []);
  return {
    items: items.length === 0 ? new Map<number, string>() : await lockItems(tx, items),
    clients: clients.some(({ id }) => id !== undefined) ? await findClients(tx, clients) : new Set<string>(),
  };
}

async function lockItems(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; type: string }>`
    select id, type from items where workspace_id = ${workspaceOf(tx)} and id = any(${arrays.numbers(ids)}::bigint[]) order by id for no key update`.execute(
    tx,
  );
  return new Map(rows.map(({ id, type }) => [id, type]));
}

async function findClients(tx: Tx, clients: readonly SignalClient[]): Promise<ReadonlySet<string>> {
  const idsOf = (kind: string) =>
    arrays.numbers(clients.flatMap((client) => ((client.kind ?? 'contact') === kind ? (client.id ?? []) : [])));
  const { rows } = await sql<{ key: string }>`
    select 'contact ' || id as key from contacts where workspace_id = ${workspaceOf(tx)} and id = any(${idsOf('contact')}::bigint[])
    union all
    select 'company ' || id from companies where workspace_id = ${workspaceOf(tx)} and id = any(${idsOf('company')}::bigint[])`.execute(
    tx,
  );
  return new Set(rows.map(({ key }) => key));
}
