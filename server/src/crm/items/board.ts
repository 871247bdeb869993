import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { BoardColumn, Card } from '@signalbox/contract/board.ts';
import { z } from 'zod';
import { seesPipeline } from '../../access/access-pipeline.ts';
import { hidesAny, hidesField } from '../../access/held-fields.ts';
import { reachableOfPipeline } from '../../access/reachable-items.store.ts';
import { findPerson, loadPeople, type PersonRow } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Rights } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { pageOf, parseCursor } from '../../platform/http/paging.ts';
import { findPipeline, type PipelineWithStages } from '../pipelines/find-pipeline.ts';
import { listPipelines } from '../pipelines/pipelines.store.ts';
import { type BoardSearch, type CardRow, loadCards, type StageSum, sumStages } from './board.store.ts';
import { findText } from './narrowing/find-text.store.ts';

interface BoardQuery {
  readonly q?: string | undefined;
  readonly responsible?: string | undefined;
  readonly type?: string | undefined;
  readonly limit: number;
  /** Whose board it is. */
  readonly rights: Rights;
}

/** The columns of a pipeline with their first cards, counts and sums. */
export async function getBoard(tx: Tx, pipelineRef: string, query: BoardQuery) {
  const { pipeline, search } = await findBoard(tx, pipelineRef, query);
  const seen = seenOn(pipeline, query.rights);
  const sums = await sumStages(tx, search);
  const stageIds = pipeline.stages.map(({ id }) => id);
  const cards = await loadCards(tx, search, { stageIds, limit: query.limit + 1 });
  const show = await cardPresenter(tx, cards, seen);
  const columns = pipeline.stages.map(({ pipeline_id: _, ...stage }): BoardColumn => {
    const own = sums.filter((sum) => sum.stageId === stage.id);
    const { data, nextCursor } = columnPage(
      cards.filter((card) => card.stageId === stage.id),
      query.limit,
      show,
    );
    return {
      stage,
      count: own.reduce((count, sum) => count + sum.count, 0),
      sums: seen.amount ? worths(own) : [],
      items: data,
      nextCursor,
    };
  });
  return { pipeline: { id: pipeline.id, type: pipeline.type, name: pipeline.name }, columns };
}

/** More cards of one column. */
export async function getColumn(
  tx: Tx,
  at: { pipeline: string; stage: string },
  query: BoardQuery & { cursor?: string | undefined },
) {
  const { pipeline, search } = await findBoard(tx, at.pipeline, query);
  const stage = pipeline.stages.find(({ code }) => code === at.stage);
  if (stage === undefined) throw notFound(`The stage ${at.stage} of ${pipeline.name}`);
  const after = parseCursor(columnCursor, query.cursor);
  const cards = await loadCards(tx, search, { stageIds: [stage.id], after, limit: query.limit + 1 });
  return columnPage(cards, query.limit, await cardPresenter(tx, cards, seenOn(pipeline, query.rights)));
}

/** What somebody sees of the cards of a pipeline's type. */
interface Seen {
  readonly amount: boolean;
  /** Whether they see every field: else what went wrong with a value is not told. */
  readonly all: boolean;
}

const seenOn = ({ type }: PipelineWithStages, rights: Rights): Seen => ({
  amount: !hidesField(rights, { owner: type, code: 'amount' }),
  all: !hidesAny(rights, [type]),
});

const columnCursor = z.tuple([z.int(), z.int()]);

async function findBoard(
  tx: Tx,
  ref: string,
  { q, responsible, type, rights }: BoardQuery,
): Promise<{ pipeline: PipelineWithStages; search: BoardSearch }> {
  const pipelines = (await listPipelines(tx)).filter((one) => type === undefined || one.type === type);
  const pipeline = findPipeline(
    pipelines.filter((one) => seesPipeline(rights, one)),
    ref,
  );
  if (pipeline === undefined) throw notFound(`The pipeline ${ref}`);
  const text = q === undefined ? undefined : (await findText(tx, q, { rights }))?.where;
  const responsibleId = await responsibleOf(tx, responsible);
  const reach = reachableOfPipeline(rights, 'read', pipeline);
  return { pipeline, search: { pipelineId: pipeline.id, text, responsibleId, reach } };
}

async function responsibleOf(tx: Tx, responsible: string | undefined): Promise<number | undefined> {
  if (responsible === undefined) return undefined;
  const ref = /^\d+$/.test(responsible) ? Number(responsible) : responsible;
  const person = await findPerson(tx, workspaceOf(tx), ref);
  if (person === undefined) throw invalidAt('responsible', 'unknown-person', `There is no employee ${responsible}`);
  return person.id;
}

function worths(sums: readonly StageSum[]): BoardColumn['sums'] {
  return sums.filter(({ amount }) => amount !== 0).map(({ currency, amount }) => ({ currency, amount }));
}

function columnPage(cards: readonly CardRow[], limit: number, show: (card: CardRow) => Card) {
  return pageOf(cards, limit, { show, cursor: (card) => [card.movedAtMicros, card.id] });
}

async function cardPresenter(tx: Tx, cards: readonly CardRow[], seen: Seen): Promise<(card: CardRow) => Card> {
  const ids = cards.flatMap((card) => [card.responsibleId, moveOf(card).by]);
  const people = await loadPeople(tx, workspaceOf(tx), ids);
  const personOf = (id: number | null): PersonRow | null => (id === null ? null : (people.get(id) ?? null));
  return (card) => ({
    ...{ id: card.id, title: card.title, currency: card.currency, stage: card.stage },
    amount: seen.amount ? card.amount : null,
    client: clientOf(card),
    responsible: personOf(card.responsibleId),
    lastActivity: activityOf(card, seen),
    waitingRuns: card.waitingRuns,
    movedAt: card.movedAt.toISOString(),
    movedBy: card.moveData === null ? null : { trigger: moveOf(card).trigger, person: personOf(moveOf(card).by) },
  });
}

function clientOf({ contactId, contactName, companyId, companyName }: CardRow): Card['client'] {
  if (contactId !== null && contactName !== null) return { kind: 'contact', id: contactId, name: contactName };
  return companyId !== null && companyName !== null ? { kind: 'company', id: companyId, name: companyName } : null;
}

const MAX_SHOWN = 200;

function activityOf({ lastKind, lastAt, lastText }: CardRow, { all }: Seen): Card['lastActivity'] {
  if (lastKind === null || lastAt === null) return null;
  const text = all || lastKind !== 'rule-failed' ? (lastText ?? '') : '';
  return { kind: lastKind, at: lastAt.toISOString(), text: text.slice(0, MAX_SHOWN) };
}

function moveOf({ moveData }: CardRow): { trigger: string | null; by: number | null } {
  if (!isRecord(moveData)) return { trigger: null, by: null };
  const { trigger, by } = moveData;
  return { trigger: typeof trigger === 'string' ? trigger : null, by: typeof by === 'number' ? by : null };
}
