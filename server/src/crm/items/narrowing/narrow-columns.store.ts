import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { compileCondition } from '@signalbox/automation/kit/conditions/conditions.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import type { FieldValue } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { likeText } from '../../client-book/clients.store.ts';
import { oftenTrue, SHORTEST } from './find-few.store.ts';
import { narrowAmount } from './narrow-amount.store.ts';
import { timesOf } from './narrow-bounds.ts';
import { idsIn, idsOfPeople, wantedOf } from './narrow-people.ts';
import type { Narrowing, NarrowScope } from './narrowing.ts';

type Narrow = (part: ConditionPart, scope: NarrowScope) => Narrowing | undefined;

/** A field that is a column of `items`. */
export function narrowColumn(code: string, part: ConditionPart, scope: NarrowScope): Narrowing | undefined {
  const column = nullable[code];
  if (column !== undefined && part.is === 'is empty') return { where: sql`${column} is null` };
  if (column !== undefined && part.is === 'is filled') return { where: sql`${column} is not null` };
  return columns[code]?.(part, scope);
}

// A column that can be empty only by being null.
const nullable: Readonly<Record<string, RawBuilder<unknown>>> = {
  amount: sql`i.amount`,
  responsible: sql`i.responsible_id`,
  creator: sql`i.creator_id`,
  contact: sql`i.contact_id`,
  company: sql`i.company_id`,
};

const columns: Readonly<Record<string, Narrow>> = {
  amount: narrowAmount,
  title: narrowTitle,
  responsible: (part, scope) =>
    narrowPerson(part, scope, { column: sql`i.responsible_id`, key: sql`k.responsible_id` }),
  creator: (part, scope) => narrowPerson(part, scope, { column: sql`i.creator_id` }),
  contact: (part, scope) => narrowClient(part, scope, sql`i.contact_id`),
  company: (part, scope) => narrowClient(part, scope, sql`i.company_id`),
  createdAt: (part, scope) => narrowMoment(part, scope, { column: sql`i.created_at`, key: sql`k.created_at` }),
  updatedAt: (part, scope) => narrowMoment(part, scope, { column: sql`i.updated_at` }),
  'client.name': narrowClientName,
  'contact.name': narrowClientName,
  'company.name': narrowClientName,
  stage: narrowStage,
  pipeline: narrowPipeline,
};

function narrowTitle(part: ConditionPart, { isPlain }: NarrowScope): Narrowing | undefined {
  const { is } = part;
  const texts = wantedOf(part)?.map(String);
  if (!texts?.every(isPlain)) return undefined;
  const lower = texts.map(foldedText);
  if (is === 'equals' || is === 'in') {
    const keys = sql`k.title = any(${lower.map((text) => [...text].slice(0, KEPT_OF_TITLE).join(''))}::text[])`;
    return { where: keys, few: { keys } };
  }
  if (is !== 'contains' && is !== 'starts with') return undefined;
  const likes = lower.map(likeText);
  const isLong = lower.every((text) => text.length >= SHORTEST);
  return {
    where: oftenTrue(
      sql.join(
        likes.map((like) => sql`k.words like ${like}`),
        sql` or `,
      ),
    ),
    few: isLong ? { any: likes.map((like) => ({ like })) } : undefined,
  };
}

const KEPT_OF_TITLE = 100;

interface Columns {
  readonly column: RawBuilder<unknown>;
  /** Its copy in `item_keys`, which has an index. */
  readonly key?: RawBuilder<unknown>;
}

function narrowPerson(part: ConditionPart, { reference }: NarrowScope, { column, key }: Columns) {
  const wanted = wantedOf(part);
  if (wanted === undefined || (part.is !== 'equals' && part.is !== 'in')) return undefined;
  const ids = idArray(wanted.flatMap((one) => idsOfPeople(one, reference)));
  return { where: sql`${column} = any(${ids})`, few: key && { keys: sql`${key} = any(${ids})` } };
}

/** By id; a client's name can be meant as well, even if it looks like an id. */
function narrowClient(part: ConditionPart, { isPlain }: NarrowScope, column: RawBuilder<unknown>) {
  const texts = wantedOf(part)?.map(String);
  if ((part.is !== 'equals' && part.is !== 'in') || !texts?.every(isPlain)) return undefined;
  const clients = texts.flatMap((text) => [clientsLike('contact', text), clientsLike('company', text)]);
  const where = sql`(${column} = any(${idArray(texts.flatMap(idsIn))}) or ${column} in (${sql.join(clients, sql` union all `)}))`;
  return { where, few: { items: where } };
}

/** The client is the contact, without one the company. */
function narrowClientName(part: ConditionPart, { isPlain }: NarrowScope): Narrowing | undefined {
  const texts = wantedOf(part)?.map(String);
  if (!named.includes(part.is) || !texts?.every((text) => isPlain(text) && foldedText(text).length >= SHORTEST))
    return undefined;
  const like = (kind: 'contact' | 'company') =>
    sql.join(
      texts.map((text) => clientsLike(kind, text)),
      sql` union all `,
    );
  const where = sql`(i.contact_id in (${like('contact')}) or i.company_id in (${like('company')}))`;
  return { where, few: { items: where } };
}

const named: readonly string[] = ['equals', 'in', 'contains', 'starts with'];

function clientsLike(kind: 'contact' | 'company', text: string): RawBuilder<unknown> {
  return sql`select signalbox_find(${kind}, ${[likeText(foldedText(text))]}, ${EVERY})`;
}

const EVERY = 2_147_483_647;

function narrowMoment(part: ConditionPart, scope: NarrowScope, { column, key }: Columns): Narrowing | undefined {
  const { least, most } = timesOf(part, scope);
  const limits = [
    ...(least === undefined ? [] : [sql`${key ?? column} >= ${least}::timestamptz`]),
    ...(most === undefined ? [] : [sql`${key ?? column} <= ${most}::timestamptz`]),
  ];
  if (limits.length === 0) return undefined;
  const where = sql`(${sql.join(limits, sql` and `)})`;
  return { where, few: key && { keys: where } };
}

// There are few stages and pipelines: each is asked as a trigger would be.
function narrowStage(part: ConditionPart, scope: NarrowScope): Narrowing {
  const stages = [...scope.reference.stages.values()].filter(({ code }) => holds(part, scope, { stage: code }));
  const where = sql`(i.pipeline_id = any(${idArray(stages.map(({ pipelineId }) => pipelineId))}) and i.stage_id = any(${idArray(stages.map(({ id }) => id))}))`;
  return { where, few: { items: where } };
}

function narrowPipeline(part: ConditionPart, scope: NarrowScope): Narrowing {
  const pipelines = [...scope.reference.pipelines.values()].filter(({ name }) =>
    holds(part, scope, { pipeline: name }),
  );
  const where = sql`i.pipeline_id = any(${idArray(pipelines.map(({ id }) => id))})`;
  return { where, few: { items: where } };
}

function holds(part: ConditionPart, { reference, at }: NarrowScope, values: Readonly<Record<string, FieldValue>>) {
  const nobody = { client: null, contact: null, company: null, responsible: null, creator: null, tied: {} };
  const item = { id: 0, type: '', pipelineId: 0, stageId: 0, values, fields: reference.fieldsOf(''), ...nobody };
  return compileCondition(part)({ item, workspace: reference.workspace, at }).holds;
}

function idArray(ids: readonly number[]): RawBuilder<unknown> {
  return sql`${`{${[...new Set(ids)].join(',')}}`}::bigint[]`;
}
