import { type FieldKind, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';

export interface FieldRow {
  readonly id: number;
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly multiple: boolean;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly requiredStages: readonly string[];
  readonly requiredStageIds: readonly number[];
}

/** The custom fields; the stages that ask for them by their codes. */
export async function listCustomFields(tx: Tx, type?: string): Promise<FieldRow[]> {
  const { rows } = await sql<Omit<FieldRow, 'options'> & { options: unknown }>`
    select f.id, f.type, f.code, f.name, f.kind, f.multiple, f.options,
      array(select s.code from stages s where s.workspace_id = f.workspace_id and s.id = any(f.required_stages) order by s.position) as "requiredStages",
      array(select s.id from stages s where s.workspace_id = f.workspace_id and s.id = any(f.required_stages) order by s.position) as "requiredStageIds"
    from fields f where f.workspace_id = ${workspaceOf(tx)} and (${type ?? null}::text is null or f.type = ${type ?? null})
    order by f.type, f.position, f.id`.execute(tx);
  return rows.map((row) => ({ ...row, options: readOptions(row.options) }));
}

export interface NewField {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly multiple: boolean;
  readonly options: readonly { value: string; name: string }[];
  readonly requiredStages: readonly number[];
}

export async function insertField(tx: Tx, field: NewField): Promise<void> {
  await tx
    .insertInto('fields')
    .values({
      workspace_id: workspaceOf(tx),
      ...{ type: field.type, code: field.code, name: field.name, kind: field.kind, multiple: field.multiple },
      options: JSON.stringify(field.options),
      required_stages: [...field.requiredStages],
      // Behind those there are.
      position: sql<number>`(select coalesce(max(position), 0) + 1 from fields where workspace_id = ${workspaceOf(tx)} and type = ${field.type})`,
    })
    .execute();
}

export interface FieldChange {
  readonly name?: string | undefined;
  readonly multiple?: boolean | undefined;
  readonly options?: NewField['options'] | undefined;
  readonly requiredStages?: readonly number[] | undefined;
}

export async function updateField(
  tx: Tx,
  id: number,
  { name, multiple, options, requiredStages }: FieldChange,
): Promise<void> {
  await tx
    .updateTable('fields')
    .set({
      ...{ name, multiple },
      options: options === undefined ? undefined : JSON.stringify(options),
      required_stages: requiredStages === undefined ? undefined : [...requiredStages],
      // An update must set something.
      workspace_id: workspaceOf(tx),
    })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

/** The values stay where they are: a field made anew with the same code has them again. */
export async function deleteField(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('fields').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id).execute();
}

export async function orderFields(tx: Tx, type: string, codes: readonly string[]): Promise<void> {
  await sql`
    update fields f set position = o.position from unnest(${arrays.texts(codes)}::text[]) with ordinality as o(code, position)
    where f.workspace_id = ${workspaceOf(tx)} and f.type = ${type} and f.code = o.code`.execute(tx);
}

interface Owned {
  readonly type: string;
  readonly code: string;
}

/** How many of the type's records have each value of the field; null: all that have any. */
export async function countValues(tx: Tx, { type, code }: Owned): Promise<{ value: string | null; records: number }[]> {
  const isClient = type === 'contact' || type === 'company';
  const table = type === 'contact' ? sql`contacts` : type === 'company' ? sql`companies` : sql`items`;
  const ofType = isClient ? sql`true` : sql`r.type = ${type}`;
  const given = sql`r.fields -> ${code}`;
  const { rows } = await sql<{ value: string | null; records: number }>`
    select v.value, count(distinct r.id)::int as records from ${table} r
    cross join lateral jsonb_array_elements_text(case jsonb_typeof(${given}) when 'array' then ${given} else jsonb_build_array(${given}) end) as v(value)
    where r.workspace_id = ${workspaceOf(tx)} and ${ofType} and r.fields ? ${code} and ${given} <> 'null'::jsonb
    group by grouping sets ((), (v.value)) order by grouping(v.value) desc, records desc limit 501`.execute(tx);
  return rows;
}

/** The names of pipelines whose newest automation has the code as a word of its own. */
export async function listPipelinesNaming(tx: Tx, { type, code }: Owned): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.name from pipelines p
    join boards b on b.workspace_id = p.workspace_id and b.pipeline_id = p.id and b.version = p.board_version
    where p.workspace_id = ${workspaceOf(tx)} and (p.type = ${type} or ${type === 'contact' || type === 'company'})
      and b.file::text ~ ${`\\m${code}\\M`} order by p.name`.execute(tx);
  return rows.map((row) => row.name);
}

/** The custom fields without which a person may not put an item on the stage. */
export async function fieldsRequiredOn(tx: Tx, stageId: number): Promise<{ code: string; name: string }[]> {
  return tx
    .selectFrom('fields')
    .select(['code', 'name'])
    .where('workspace_id', '=', workspaceOf(tx))
    .where(sql<boolean>`${stageId} = any(required_stages)`)
    .orderBy('position')
    .execute();
}

function readOptions(json: unknown): { value: string; name: string }[] {
  if (!Array.isArray(json)) return [];
  return json.filter(isRecord).map(({ value, name }) => ({ value: String(value), name: String(name) }));
}

/** Those of the ids that are stages of the workspace. */
export async function listKnownStages(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx
    .selectFrom('stages')
    .select('id')
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', 'in', ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
