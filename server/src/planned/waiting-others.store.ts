import { type Reason, readReason } from '@signalbox/automation/kit/words/reasons.ts';
import type { PlannedKind } from '@signalbox/contract/automation/planned.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { reachableItems } from '../access/reachable-items.store.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { listTasksWhere, seenBy } from '../tasks/kept/list-tasks.store.ts';
import type { StoredTask } from '../tasks/kept/task-row.ts';
import type { Behind } from './place.ts';

interface OthersPage {
  readonly pipelineId?: number | undefined;
  readonly responsibleId?: number | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly rights: Rights;
  readonly after: Behind | undefined;
  readonly limit: number;
}

type TaskKind = Extract<PlannedKind, 'reminder' | 'repeat'>;
const moments = { reminder: sql`remind_at`, repeat: sql`repeat_at` } as const;

/** Tasks of which somebody is to be reminded, or which are to be made again. */
export async function listWaitingTasks(tx: Tx, kind: TaskKind, page: OthersPage): Promise<StoredTask[]> {
  const at = moments[kind];
  const wheres = [
    sql<SqlBool>`${at} is not null`,
    ...momentsOf(page, { at, id: sql`id` }),
    ...(page.responsibleId === undefined ? [] : [sql<SqlBool>`responsible_id = ${page.responsibleId}`]),
    ...(page.pipelineId === undefined
      ? []
      : [
          sql<SqlBool>`exists (select from items i where i.workspace_id = tasks.workspace_id and i.id = tasks.item_id and i.pipeline_id = ${page.pipelineId})`,
        ]),
    ...seenBy(tx, page.rights),
  ];
  return listTasksWhere(tx, { wheres, order: sql`${at}, id`, limit: page.limit });
}

/** What stands in the outbox and has not left. */
export interface WaitingDelivery {
  readonly id: number;
  readonly at: Date;
  readonly kind: string;
  readonly runId: number | null;
  readonly error: string | null;
  readonly reason: Reason | null;
  readonly itemId: number | null;
  readonly title: string | null;
  readonly type: string | null;
  readonly itemPipelineId: number | null;
  readonly responsibleId: number | null;
  readonly observerIds: readonly number[] | null;
}

/** Those of items that somebody may see; those of none for who sees all mail. */
export async function listWaitingDeliveries(tx: Tx, page: OthersPage): Promise<WaitingDelivery[]> {
  const { rights } = page;
  const seen = sql`(i.id is not null and ${reachableItems(rights, 'read') ?? sql`true`})`;
  const wheres = [
    sql<SqlBool>`o.workspace_id = ${workspaceOf(tx)} and o.state = 'queued'`,
    rights.areas.mail ? sql<SqlBool>`(o.item_id is null or ${seen})` : sql<SqlBool>`${seen}`,
    ...momentsOf(page, { at: sql`o.next_at`, id: sql`o.id` }),
    ...(page.responsibleId === undefined ? [] : [sql<SqlBool>`i.responsible_id = ${page.responsibleId}`]),
    ...(page.pipelineId === undefined ? [] : [sql<SqlBool>`i.pipeline_id = ${page.pipelineId}`]),
  ];
  const { rows } = await sql<Omit<WaitingDelivery, 'reason'> & { reason: unknown }>`
    select o.id, o.next_at as at, o.kind, o.run_id as "runId", o.error, o.reason, i.id as "itemId", i.title, i.type,
      i.pipeline_id as "itemPipelineId", i.responsible_id as "responsibleId", i.observer_ids as "observerIds"
    from outbox o left join items i on i.workspace_id = o.workspace_id and i.id = o.item_id
    where ${sql.join(wheres, sql` and `)} order by o.next_at, o.id limit ${page.limit}`.execute(tx);
  return rows.map(({ reason, ...row }) => ({ ...row, reason: row.error === null ? null : readReason(reason) }));
}

interface Columns {
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

function momentsOf({ after, from, to }: OthersPage, { at, id }: Columns): RawBuilder<SqlBool>[] {
  return [
    ...(after?.at ? [sql<SqlBool>`(${at}, ${id}) > (${after.at}, ${after.id})`] : []),
    ...(from === undefined ? [] : [sql<SqlBool>`${at} >= ${from}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`${at} < ${to}`]),
  ];
}
