import { sql } from 'kysely';
import type { Reference } from '../../../crm/facts/workspace-facts.ts';
import { makeItemFacts } from '../../../crm/items/item-facts.ts';
import { loadItemRows } from '../../../crm/items/items.store.ts';
import { holdItemType } from '../../../crm/types/check-item-type.ts';
import { workspaceOf } from '../../../platform/after-commit.ts';
import type { Tx } from '../../../platform/db.ts';
import { announce } from '../../../platform/realtime.ts';
import { loadNewestBoards } from '../../boards/load-boards.ts';
import type { Acting } from '../../moves/acting.ts';
import { beginVisits } from '../../moves/apply-moves.ts';
import { takeVisitIds } from '../../visits/moves.store.ts';

export interface ImportedItem {
  readonly type: string;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly title: string;
  readonly amount: string | null;
  readonly currency: string;
  readonly responsibleId: number | null;
  readonly contactId: number | null;
  readonly companyId: number | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly createdAt: string | null;
}

interface Creating {
  readonly reference: Reference;
  /** False: an import that was asked to be quiet (semantics.md 5.1). */
  readonly runRules: boolean;
}

/** What `createItem` does, for many items: a statement a table. The ids in the given order. */
export async function createItems(
  tx: Tx,
  acting: Acting,
  items: readonly ImportedItem[],
  { reference, runRules }: Creating,
): Promise<number[]> {
  for (const type of new Set(items.map((item) => item.type))) await holdItemType(tx, type);
  if (items.length === 0) return [];
  const boards = await loadNewestBoards(tx, new Set(items.map(({ pipelineId }) => pipelineId)), reference);
  const visitIds = await takeVisitIds(tx, items.length);
  const rows = items.map((item, index) => ({
    ...item,
    ...{ n: index, visitId: visitIds[index], code: reference.stages.get(item.stageId)?.code ?? '' },
    boardVersion: boards.get(item.pipelineId)?.version ?? 0,
  }));
  const ids = await insert(tx, acting, rows);
  if (runRules) {
    const facts = await makeItemFacts(tx, await loadItemRows(tx, ids, { lock: false }), reference);
    const visits = ids.flatMap((id, index) => {
      const [item, visitId] = [facts.get(id), visitIds[index]];
      return item === undefined || visitId === undefined ? [] : [{ id: visitId, item, at: acting.now }];
    });
    await beginVisits(tx, visits, { reference, boards, now: acting.now });
  }
  for (const id of ids) announce(tx, { topic: 'items', kind: 'created', item: id });
  return ids;
}

async function insert(tx: Tx, { byId, now }: Acting, rows: readonly object[]): Promise<number[]> {
  const workspaceId = workspaceOf(tx);
  // Ids are taken first, so that the four tables can be filled at once.
  const made = await sql<{ id: number }>`
    with given as (
      select nextval('items_id_seq') as id, g.* from (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(n int, type text, "pipelineId" bigint, "stageId" bigint, "visitId" bigint, title text,
          amount numeric, currency text, "responsibleId" bigint, "contactId" bigint, "companyId" bigint, fields jsonb, "createdAt" timestamptz,
          code text, "boardVersion" int) order by n) g
    ), made as (
      insert into items (workspace_id, id, type, pipeline_id, stage_id, visit_id, title, amount, currency, responsible_id, creator_id, contact_id, company_id,
        fields, created_at, updated_at, moved_at) overriding system value
      select ${workspaceId}, id, type, "pipelineId", "stageId", "visitId", title, amount, currency, "responsibleId", ${byId}::bigint, "contactId", "companyId",
        fields, coalesce("createdAt", ${now}), ${now}, ${now} from given
    ), visited as (
      insert into visits (workspace_id, id, item_id, pipeline_id, stage_id, entered_at, board_version, by_id) overriding system value
      select ${workspaceId}, "visitId", id, "pipelineId", "stageId", ${now}, "boardVersion", ${byId}::bigint from given
    ), told as (
      insert into history (workspace_id, item_id, at, author_id, field, "from", "to")
      select ${workspaceId}, id, ${now}, ${byId}::bigint, 'stage', null, to_jsonb(code) from given
    ), lined as (
      insert into timeline (workspace_id, item_id, kind, at, author_id, data)
      select ${workspaceId}, id, 'created', ${now}, ${byId}::bigint, jsonb_build_object('to', code, 'by', ${byId}::bigint) from given
    )
    select id from given order by n`.execute(tx);
  return made.rows.map(({ id }) => id);
}
