import type { Condition } from '@signalbox/automation/kit/conditions/condition.ts';
import {
  type CompiledCondition,
  compileCondition,
  conditionFields,
} from '@signalbox/automation/kit/conditions/conditions.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { z } from 'zod';
import { fieldNotSeen, hidesField, hidesNamed } from '../../access/held-fields.ts';
import { reachableItems } from '../../access/reachable-items.store.ts';
import { findPerson } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import { createBreather, ownTurn } from '../../platform/apart/breathe.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type PageQuery, parseCursor } from '../../platform/http/paging.ts';
import { loadReference, type Reference } from '../facts/workspace-facts.ts';
import { findPipeline } from '../pipelines/find-pipeline.ts';
import { listPipelines } from '../pipelines/pipelines.store.ts';
import { checkItemType } from '../types/check-item-type.ts';
import { changesCursor, loadStretch } from './changed-items.store.ts';
import { makeSeenFacts } from './item-facts.ts';
import { loadItemRows } from './items.store.ts';
import { findPlaces, type ItemSearch, loadItemViews, type Placed, weighItems } from './list-items.store.ts';
import { findFew } from './narrowing/find-few.store.ts';
import { findText } from './narrowing/find-text.store.ts';
import { narrowFilter } from './narrowing/narrow-filter.store.ts';
import { parseFilter } from './narrowing/parse-filter.ts';
import { loadPlainLetters } from './narrowing/plain-letters.ts';
import { presentItems } from './present-items.ts';

interface ListQuery extends PageQuery {
  readonly type?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly stage?: string | undefined;
  readonly responsible?: string | undefined;
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
  /** Only what was changed since; empty: from the beginning. */
  readonly changedSince?: string | undefined;
  readonly client?: ItemSearch['client'];
  /** Whose list it is; left out, all that the workspace has is seen. */
  readonly rights?: Rights | undefined;
  /** What they ask it for. */
  readonly verb?: 'read' | 'export';
  readonly now: Date;
}

/** A page of items, newest first unless sorted. */
export async function listItems(tx: Tx, query: ListQuery): Promise<{ data: Item[]; nextCursor: string | null }> {
  const { type, stage, q, client, limit, sort, rights, verb = 'read' } = query;
  await checkItemType(tx, type);
  checkOrder(query);
  const text = q === undefined ? undefined : await findText(tx, q, { byTitle: sort?.endsWith('title'), rights });
  const standTogether = text && !text.ids && !text.zones && sort?.endsWith('title');
  const search = {
    ...{ type, stage, client, sort, standTogether, text: text?.where, ids: text?.ids, zones: text?.zones },
    reach: rights && reachableItems(rights, verb),
    pipelineIds: await pipelinesOf(tx, query),
    responsibleId: await responsibleOf(tx, query),
  };
  if (query.changedSince !== undefined) return listChanged(tx, { ...query, changedSince: query.changedSince }, search);
  const after = placeOf(query.cursor, sort);
  if (query.filter === undefined) {
    const places = await findPlaces(tx, { ...search, after, limit: limit + 1 });
    return pageOf(await present(tx, { places, limit, scannedTo: null, rights }));
  }
  const reference = await loadReference(tx);
  // Reading a filter takes up to a few dozen milliseconds, and a dozen of them may have come at once.
  await ownTurn();
  const condition = parseFilter(query.filter, type, reference);
  checkSees(condition, query, reference);
  const judged = { condition: compileCondition(condition), reference, rights, at: query.now.getTime() };
  const { where, few } = narrowFilter(condition, {
    ...{ workspaceId: workspaceOf(tx), type, reference, at: judged.at },
    isPlain: await loadPlainLetters(tx, condition),
  });
  const ids = search.ids ?? (few && (await findFew(tx, few)));
  const scanned = await scan(tx, { ...search, ids, after, limit, narrow: where }, judged);
  return pageOf(await present(tx, { ...scanned, limit, rights }));
}

/** The items whose last change has come to light since the cursor was given (interfaces.md, lists). */
async function listChanged(
  tx: Tx,
  { changedSince, sort, filter, cursor, limit, rights }: ListQuery & { readonly changedSince: string },
  search: Omit<ItemSearch, 'after' | 'limit'>,
): Promise<{ data: Item[]; nextCursor: string }> {
  if (sort !== undefined || filter !== undefined || cursor !== undefined)
    throw invalidAt('changedSince', 'changed-since', 'changedSince goes with neither sort nor filter nor cursor');
  const given = parseCursor(changesCursor, changedSince === '' ? undefined : changedSince);
  const { stretch, where } = await loadStretch(tx, given);
  const after = stretch.after === null ? undefined : { id: stretch.after, by: null };
  const places = await findPlaces(tx, { ...search, narrow: where, after, limit: limit + 1 });
  const { data, last } = await present(tx, { places, limit, scannedTo: null, rights });
  const next = last === null ? [stretch.to, null, null] : [stretch.from, stretch.to, last.id];
  return { data, nextCursor: Buffer.from(JSON.stringify(next)).toString('base64url') };
}

// The place of an item in an order tells what it is ordered by.
function checkOrder({ sort, type, rights }: ListQuery): void {
  const code = sort?.replace(/^-/, '') ?? '';
  const owners = type === undefined ? Object.keys(rights?.fields ?? {}) : [type];
  if (owners.some((owner) => hidesField(rights, { owner, code }))) throw fieldNotSeen('sort', code);
}

function checkSees(condition: Condition, { type, rights }: ListQuery, { itemTypes }: Reference): void {
  const types = type === undefined ? itemTypes : [type];
  const field = conditionFields(condition).find((name) =>
    types.some((one) => hidesNamed(rights, name.split('.'), one)),
  );
  if (field !== undefined) throw fieldNotSeen('filter', field);
}

// Amounts in hundredths and moments in microseconds, as PostgreSQL can hold them.
const counted = z.string().regex(/^-?\d{1,18}$|^-9223372036854775808$/);
const cursors = {
  id: z.tuple([z.int()]),
  title: z.tuple([z.int(), z.string().refine((title) => title.isWellFormed() && !title.includes('\0'))]),
  counted: z.tuple([z.int(), counted]),
};

function placeOf(text: string | undefined, sort: string | undefined): Placed | undefined {
  const kind = sort === undefined ? 'id' : sort.endsWith('title') ? 'title' : 'counted';
  const parsed = parseCursor(cursors[kind], text);
  return parsed === undefined ? undefined : { id: parsed[0], by: parsed[1] ?? null };
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
  readonly rights: Rights | undefined;
  readonly at: number;
}

// Mostly all that were narrowed down hold, and one batch does; else the next are larger.
const FIRST_SCAN = 100;
const SCAN_AT_ONCE = 500;
/** A page may come out short, with a cursor to go on from. */
const MAX_SCANNED = 20_000;

interface Found {
  /** One more than the page shows, when there is one. */
  readonly places: readonly Placed[];
  /** Where the search was broken off. */
  readonly scannedTo: Placed | null;
}

/** Candidates are judged as a trigger would judge them (semantics.md 6), batch by batch, until the page is full. */
async function scan(tx: Tx, search: ItemSearch, judging: Judging): Promise<Found> {
  const places: Placed[] = [];
  let { after } = search;
  let atOnce = Math.max(FIRST_SCAN, search.limit + 1);
  for (let scanned = 0; scanned < MAX_SCANNED; scanned += atOnce, atOnce = Math.max(atOnce, SCAN_AT_ONCE)) {
    const candidates = await findPlaces(tx, { ...search, after, limit: atOnce });
    const held = await judge(
      tx,
      candidates.map(({ id }) => id),
      judging,
    );
    places.push(...candidates.filter(({ id }) => held.has(id)));
    if (places.length > search.limit) return { places: places.slice(0, search.limit + 1), scannedTo: null };
    if (candidates.length < atOnce) return { places, scannedTo: null };
    after = candidates.at(-1);
  }
  return { places, scannedTo: after ?? null };
}

/** Of a list there are many rows, and what one of them takes everybody waits for. */
const STEPS_OF_ROW = 250_000;

async function judge(
  tx: Tx,
  ids: readonly number[],
  { condition, reference, rights, at }: Judging,
): Promise<Set<number>> {
  const held = new Set<number>();
  for (const few of inLoads(ids, await weighItems(tx, ids), LETTERS_AT_ONCE)) {
    const rows = await loadItemRows(tx, few, { lock: false });
    const facts = await makeSeenFacts(tx, rows, { reference, rights });
    // What has come from the database has taken its time, and one item may take long by itself.
    await ownTurn();
    const breathe = createBreather({ everyMs: 2 });
    for (const [id, item] of facts) {
      if (condition({ item, workspace: reference.workspace, at, patternSteps: STEPS_OF_ROW }).holds) held.add(id);
      await breathe();
    }
  }
  return held;
}

const LETTERS_AT_ONCE = 1_000_000;
/** A page of longer items ends earlier, with a cursor to go on from. */
const LETTERS_OF_PAGE = 2_000_000;

/** The ids in their order, as many together as so many letters hold; at least one. */
function inLoads(ids: readonly number[], letters: ReadonlyMap<number, number>, most: number): number[][] {
  const loads: number[][] = [[]];
  let held = 0;
  for (const id of ids) {
    const own = letters.get(id) ?? 0;
    const last = loads.at(-1) ?? [];
    held += own;
    if (held <= most || last.length === 0) last.push(id);
    else {
      loads.push([id]);
      held = own;
    }
  }
  return loads;
}

interface Shown extends Found {
  readonly limit: number;
  readonly rights: Rights | undefined;
}

async function present(tx: Tx, { places, limit, scannedTo, rights }: Shown) {
  const ids = places.slice(0, limit).map(({ id }) => id);
  const [load = []] = inLoads(ids, await weighItems(tx, ids), LETTERS_OF_PAGE);
  const data = await presentItems(tx, await loadItemViews(tx, load), rights);
  const last = places[load.length - 1] ?? null;
  const end = places.length > load.length ? last : scannedTo;
  return { data, last: places.length > load.length ? last : null, nextCursor: end === null ? null : cursorOf(end) };
}

function pageOf({ data, nextCursor }: Awaited<ReturnType<typeof present>>) {
  return { data, nextCursor };
}

function cursorOf({ id, by }: Placed): string {
  return Buffer.from(JSON.stringify(by === null ? [id] : [id, by])).toString('base64url');
}
