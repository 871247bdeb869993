import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { Stretch, TitleZones } from './narrowing/title-zones.store.ts';

/** An item with the names that answers show. */
export interface ItemView {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly pipeline: number;
  readonly pipelineName: string;
  readonly stage: string;
  readonly stageName: string;
  readonly stageKind: 'open' | 'won' | 'lost';
  readonly amount: number | null;
  readonly currency: string | null;
  readonly responsibleId: number | null;
  readonly creatorId: number | null;
  readonly observerIds: number[];
  readonly contact: number | null;
  readonly company: number | null;
  readonly parent: number | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly movedAt: Date;
}

/** Items by id, in the given order; those of other workspaces are not there. */
export async function loadItemViews(tx: Tx, ids: readonly number[]): Promise<ItemView[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<ItemView, 'fields' | 'amount'> & { fields: unknown; amount: string | null }>`
    select i.id, i.type, i.title, i.pipeline_id as pipeline, p.name as "pipelineName", s.code as stage, s.name as "stageName", s.kind as "stageKind",
      i.amount, i.currency, i.responsible_id as "responsibleId", i.creator_id as "creatorId", i.observer_ids as "observerIds",
      i.contact_id as contact, i.company_id as company, i.parent_id as parent, i.fields,
      i.created_at as "createdAt", i.updated_at as "updatedAt", i.moved_at as "movedAt"
    from items i
    join pipelines p on p.workspace_id = i.workspace_id and p.id = i.pipeline_id
    join stages s on s.workspace_id = i.workspace_id and s.id = i.stage_id
    where i.workspace_id = ${workspaceOf(tx)} and i.id = any(${`{${ids.join(',')}}`}::bigint[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    return [
      {
        ...row,
        amount: row.amount === null ? null : Number(row.amount),
        fields: isRecord(row.fields) ? row.fields : {},
      },
    ];
  });
}

/** How many letters the fields of each item take, about: whoever reads many of them takes a few at a time when they are long. */
export async function weighItems(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  // What is not packed says its size by itself.
  const { rows } = await sql<{ id: number; letters: number }>`
    select id, case when pg_column_compression(fields) is null then pg_column_size(fields) else octet_length(fields::text) end as letters
    from items where workspace_id = ${workspaceOf(tx)} and id = any(${`{${ids.join(',')}}`}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, letters }) => [id, letters]));
}

export interface ItemSearch {
  readonly type?: string | undefined;
  readonly pipelineIds?: readonly number[] | undefined;
  readonly stage?: string | undefined;
  readonly responsibleId?: number | undefined;
  readonly client?: { readonly kind: 'contact' | 'company'; readonly id: number } | undefined;
  /** What the text asked for means (find-text.ts). */
  readonly text?: RawBuilder<unknown> | undefined;
  /** What narrows a filter that is then judged item by item. */
  readonly narrow?: RawBuilder<unknown> | undefined;
  /** Which items are within somebody's rights (access/reach.ts). */
  readonly reach?: RawBuilder<unknown> | undefined;
  /** No other items are possible. */
  readonly ids?: readonly number[] | undefined;
  /** Newest first when left out. */
  readonly sort?: string | undefined;
  /** Those that fit may all stand at the end of the order: they are sorted, not met on the way down an index. */
  readonly standTogether?: boolean | undefined;
  /** In the order of titles: no others are possible than those in these stretches, and the fresh ones. */
  readonly zones?: TitleZones | undefined;
  /** The last one of the page before. */
  readonly after?: Placed | undefined;
  readonly limit: number;
}

/** An item's place in the order: what it is sorted by, as text; null in the order of the ids. */
export interface Placed {
  readonly id: number;
  readonly by: string | null;
}

/** The items that fit, in their order. */
export function findPlaces(tx: Tx, search: ItemSearch): Promise<Placed[]> {
  const { zones, ids } = search;
  return zones === undefined || ids !== undefined ? readPlaces(tx, search) : findInZones(tx, search, zones);
}

/** Down the titles stretch by stretch until there are enough; then those that stand in none are put between them. */
async function findInZones(tx: Tx, search: ItemSearch, { stretches, fresh }: TitleZones): Promise<Placed[]> {
  const found: Placed[] = [];
  for (const stretch of search.sort?.startsWith('-') ? stretches.toReversed() : stretches) {
    found.push(...(await readPlaces(tx, { ...search, stretch, limit: search.limit - found.length })));
    if (found.length === search.limit) break;
  }
  const others = fresh.length === 0 ? [] : await readPlaces(tx, { ...search, ids: fresh });
  if (others.length === 0) return found;
  return readPlaces(tx, { ...search, ids: [...new Set([...found, ...others].map(({ id }) => id))] });
}

async function readPlaces(tx: Tx, search: ItemSearch & { readonly stretch?: Stretch }): Promise<Placed[]> {
  const order = orderOf(search);
  const { rows } = await sql<Placed>`
    select i.id, ${order.shown} as by from items i ${keysOf(search, order)}
    where i.workspace_id = ${workspaceOf(tx)} and ${sql.join(wheres(search, order), sql` and `)}
    order by ${order.clause} limit ${search.limit}`.execute(tx);
  return rows;
}

interface Order {
  /** Never null, so that a page can begin behind any item; null in the order of the ids. */
  readonly by: RawBuilder<unknown> | null;
  /** As text, for the cursor. */
  readonly shown: RawBuilder<unknown>;
  readonly read: (shown: string) => RawBuilder<unknown>;
  readonly ofKeys: boolean;
  readonly clause: RawBuilder<unknown>;
  readonly comparison: RawBuilder<unknown>;
}

function orderOf({ sort, standTogether }: ItemSearch): Order {
  const found = orders[sort?.replace(/^-/, '') ?? ''];
  const isDescending = found === undefined || sort?.startsWith('-') === true;
  const [direction, comparison] = isDescending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  if (found === undefined) return { ...byId, comparison, clause: sql`i.id ${direction}` };
  const id = found.ofKeys ? sql`k.item_id` : sql`i.id`;
  // An index is not known to give the order of an expression.
  const by = standTogether ? sql`(${found.by} || '')` : found.by;
  return { ...found, comparison, clause: sql`${by} ${direction}, ${id} ${direction}` };
}

type Known = Pick<Order, 'by' | 'shown' | 'read' | 'ofKeys'>;

const byId: Known = { by: null, shown: sql`null`, read: (shown) => sql`${shown}`, ofKeys: false };

// `item_keys` holds the title in lower case and the amount in hundredths, no amount below all others.
const orders: Readonly<Record<string, Known>> = {
  title: { by: sql`k.title`, shown: sql`k.title`, read: (shown) => sql`${shown}::text`, ofKeys: true },
  amount: { by: sql`k.amount`, shown: sql`k.amount::text`, read: (shown) => sql`${shown}::bigint`, ofKeys: true },
  createdAt: inMicros(sql`k.created_at`, true),
  updatedAt: inMicros(sql`i.updated_at`, false),
  movedAt: inMicros(sql`i.moved_at`, false),
};

function inMicros(by: RawBuilder<unknown>, ofKeys: boolean): Known {
  return {
    by,
    shown: sql`(extract(epoch from ${by}) * 1000000)::bigint::text`,
    read: (shown) => sql`(timestamptz 'epoch' + ${shown}::bigint * interval '1 microsecond')`,
    ofKeys,
  };
}

function keysOf({ narrow }: ItemSearch, { ofKeys }: Order): RawBuilder<unknown> {
  if (!ofKeys && narrow === undefined) return sql``;
  return sql`join item_keys k on k.workspace_id = i.workspace_id and k.item_id = i.id`;
}

function wheres(search: ItemSearch & { readonly stretch?: Stretch }, order: Order): RawBuilder<unknown>[] {
  const { type, pipelineIds, stage, responsibleId, client, text, narrow, reach, ids, after, stretch } = search;
  return [
    after === undefined ? sql`true` : behind(after, order),
    ...(stretch === undefined ? [] : [sql`k.title >= ${stretch.from}`]),
    ...(stretch === undefined || stretch.to === null ? [] : [sql`k.title < ${stretch.to}`]),
    ...(ids === undefined ? [] : [sql`i.id = any(${`{${ids.join(',')}}`}::bigint[])`]),
    ...(type === undefined ? [] : [sql`i.type = ${type}`]),
    ...(pipelineIds === undefined ? [] : [sql`i.pipeline_id = any(${`{${pipelineIds.join(',')}}`}::bigint[])`]),
    ...(stage === undefined
      ? []
      : [
          sql`i.stage_id in (select s.id from stages s where s.workspace_id = i.workspace_id and s.pipeline_id = i.pipeline_id and s.code = ${stage})`,
        ]),
    ...(responsibleId === undefined ? [] : [sql`i.responsible_id = ${responsibleId}`]),
    ...(client === undefined
      ? []
      : [client.kind === 'contact' ? sql`i.contact_id = ${client.id}` : sql`i.company_id = ${client.id}`]),
    ...(reach === undefined ? [] : [reach]),
    ...(text === undefined ? [] : [text]),
    ...(narrow === undefined ? [] : [narrow]),
  ];
}

function behind(after: Placed, { by, read, ofKeys, comparison }: Order): RawBuilder<unknown> {
  if (by === null || after.by === null) return sql`i.id < ${after.id}`;
  return sql`(${by}, ${ofKeys ? sql`k.item_id` : sql`i.id`}) ${comparison} (${read(after.by)}, ${after.id})`;
}
