import { isRecord } from '@signalbox/automation/kit/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { likeText } from '../clients/clients.store.ts';

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

export interface ItemSearch {
  readonly type?: string | undefined;
  readonly pipelineIds?: readonly number[] | undefined;
  readonly stage?: string | undefined;
  readonly responsibleId?: number | undefined;
  readonly client?: { readonly kind: 'contact' | 'company'; readonly id: number } | undefined;
  readonly q?: string | undefined;
  /** What narrows a filter that is then judged item by item. */
  readonly narrow?: RawBuilder<unknown> | undefined;
  /** Newest first when left out. */
  readonly sort?: string | undefined;
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
export async function findPlaces(tx: Tx, search: ItemSearch): Promise<Placed[]> {
  const { expression, type } = orders[search.sort?.replace(/^-/, '') ?? ''] ?? { expression: null, type: null };
  const isDescending = expression === null || search.sort?.startsWith('-') === true;
  const [direction, comparison] = isDescending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const { after } = search;
  const behind =
    expression === null || after?.by == null
      ? sql`i.id < ${after?.id ?? Number.MAX_SAFE_INTEGER}`
      : sql`(${expression}, i.id) ${comparison} (${after.by}::${type}, ${after.id})`;
  const { rows } = await sql<Placed>`
    select i.id, ${expression === null ? sql`null` : sql`${expression}::text`} as by from items i
    where i.workspace_id = ${workspaceOf(tx)} and ${after === undefined ? sql`true` : behind}
      and ${sql.join(wheres(search), sql` and `)}
    order by ${expression === null ? sql`` : sql`${expression} ${direction}, `}i.id ${direction} limit ${search.limit}`.execute(
    tx,
  );
  return rows;
}

// Never null, so that a page can begin behind any of them; items without an amount are below all others.
const orders: Readonly<
  Record<string, { readonly expression: RawBuilder<unknown>; readonly type: RawBuilder<unknown> }>
> = {
  title: { expression: sql`lower(i.title)`, type: sql`text` },
  amount: { expression: sql`coalesce(i.amount, -1e17)`, type: sql`numeric` },
  createdAt: { expression: sql`i.created_at`, type: sql`timestamptz` },
  updatedAt: { expression: sql`i.updated_at`, type: sql`timestamptz` },
  movedAt: { expression: sql`i.moved_at`, type: sql`timestamptz` },
};

function wheres({ type, pipelineIds, stage, responsibleId, client, q, narrow }: ItemSearch): RawBuilder<unknown>[] {
  const text = q?.trim() ?? '';
  return [
    sql`true`,
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
    ...(text === '' ? [] : [textCondition(text)]),
    ...(narrow === undefined ? [] : [narrow]),
  ];
}

/** The title, the id, or the client's name, e-mail address or phone number contains the text. */
export function textCondition(text: string): RawBuilder<unknown> {
  const like = likeText(text);
  const id = /^#?(\d{1,15})$/.exec(text)?.[1];
  const digits = text.replace(/\D/g, '');
  const address = sql`(a.normal ilike ${like}${digits.length >= 4 ? sql` or a.normal like ${likeText(digits)}` : sql``})`;
  return sql`(i.title ilike ${like}${id === undefined ? sql`` : sql` or i.id = ${Number(id)}`}
    or i.contact_id in (select c.id from contacts c where c.workspace_id = i.workspace_id and c.name ilike ${like})
    or i.company_id in (select c.id from companies c where c.workspace_id = i.workspace_id and c.name ilike ${like})
    or i.contact_id in (select a.client_id from client_addresses a where a.workspace_id = i.workspace_id and a.client_kind = 'contact' and ${address})
    or i.company_id in (select a.client_id from client_addresses a where a.workspace_id = i.workspace_id and a.client_kind = 'company' and ${address}))`;
}
