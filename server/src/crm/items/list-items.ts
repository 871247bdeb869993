import { type CompiledCondition, compileCondition } from '@signalbox/automation/kit/conditions.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { findPerson } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/field-errors.ts';
import { type PageQuery, pageOf, parseIdCursor } from '../../platform/paging.ts';
import { findPipeline } from '../pipelines/find-pipeline.ts';
import { listPipelines } from '../pipelines/pipelines.store.ts';
import { loadReference, type Reference } from '../workspace-facts.ts';
import { makeItemFacts } from './item-facts.ts';
import { loadItemRows } from './items.store.ts';
import { findItemIds, type ItemSearch, loadItemViews } from './list-items.store.ts';
import { narrowFilter } from './narrow-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { presentItems } from './present-items.ts';

interface ListQuery extends PageQuery {
  readonly type?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly stage?: string | undefined;
  readonly responsible?: string | undefined;
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly client?: ItemSearch['client'];
  readonly now: Date;
}

/** A page of items, newest first. */
export async function listItems(tx: Tx, query: ListQuery): Promise<{ data: Item[]; nextCursor: string | null }> {
  const { type, stage, q, client, limit } = query;
  const search = {
    type,
    stage,
    q,
    client,
    pipelineIds: await pipelinesOf(tx, query),
    responsibleId: await responsibleOf(tx, query),
  };
  const below = parseIdCursor(query.cursor);
  if (query.filter === undefined) {
    const ids = await findItemIds(tx, { ...search, below, limit: limit + 1 });
    return present(tx, { ids, limit, scannedTo: null });
  }
  const reference = await loadReference(tx);
  const condition = parseFilter(query.filter, type, reference);
  const judged = { condition: compileCondition(condition), reference, at: query.now.getTime() };
  return present(tx, {
    ...(await scan(tx, { ...search, below, limit, narrow: narrowFilter(condition) }, judged)),
    limit,
  });
}

async function pipelinesOf(tx: Tx, { pipeline, type }: ListQuery): Promise<number[] | undefined> {
  if (pipeline === undefined) return undefined;
  const known = (await listPipelines(tx)).filter((one) => type === undefined || one.type === type);
  const text = pipeline.toLowerCase();
  const named = known.filter((one) => one.name.toLowerCase() === text);
  if (named.length > 0) return named.map(({ id }) => id);
  const found = findPipeline(known, pipeline);
  if (found === undefined)
    throw invalidAt(
      'pipeline',
      'unknown-pipeline',
      `There is no pipeline ${pipeline}; GET /api/v1/pipelines lists them`,
    );
  return [found.id];
}

async function responsibleOf(tx: Tx, { responsible }: ListQuery): Promise<number | undefined> {
  if (responsible === undefined) return undefined;
  const ref = /^\d+$/.test(responsible) ? Number(responsible) : responsible;
  const person = await findPerson(tx, workspaceOf(tx), ref);
  if (person === undefined) throw invalidAt('responsible', 'unknown-person', `There is no employee ${responsible}`);
  return person.id;
}

interface Judging {
  readonly condition: CompiledCondition;
  readonly reference: Reference;
  readonly at: number;
}

const SCAN_AT_ONCE = 500;
/** A page may come out short, with a cursor to go on from. */
const MAX_SCANNED = 20_000;

/** Candidates are judged as a trigger would judge them (semantics.md 6), batch by batch, until the page is full. */
async function scan(
  tx: Tx,
  search: ItemSearch,
  judging: Judging,
): Promise<{ ids: number[]; scannedTo: number | null }> {
  const ids: number[] = [];
  let below = search.below;
  for (let scanned = 0; scanned < MAX_SCANNED; scanned += SCAN_AT_ONCE) {
    const candidates = await findItemIds(tx, { ...search, below, limit: SCAN_AT_ONCE });
    ids.push(...(await judge(tx, candidates, judging)));
    if (ids.length > search.limit) return { ids: ids.slice(0, search.limit + 1), scannedTo: null };
    if (candidates.length < SCAN_AT_ONCE) return { ids, scannedTo: null };
    below = candidates.at(-1);
  }
  return { ids, scannedTo: below ?? null };
}

async function judge(tx: Tx, ids: readonly number[], { condition, reference, at }: Judging): Promise<number[]> {
  const facts = await makeItemFacts(tx, await loadItemRows(tx, ids, { lock: false }), reference);
  return ids.filter((id) => {
    const item = facts.get(id);
    return item !== undefined && condition({ item, workspace: reference.workspace, at }).holds;
  });
}

async function present(
  tx: Tx,
  { ids, limit, scannedTo }: { ids: readonly number[]; limit: number; scannedTo: number | null },
) {
  const views = await presentItems(tx, await loadItemViews(tx, ids));
  const page = pageOf(views, limit, { show: (item) => item, cursor: (item) => [item.id] });
  if (scannedTo === null || page.nextCursor !== null) return page;
  return { ...page, nextCursor: Buffer.from(JSON.stringify([scannedTo])).toString('base64url') };
}
