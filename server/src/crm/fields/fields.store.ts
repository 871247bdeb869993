import { isRecord } from '@signalbox/automation/kit/values.ts';
import { sql } from 'kysely';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';

export interface FieldRow {
  readonly id: number;
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly multiple: boolean;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly requiredStages: readonly string[];
}

/** The custom fields; the stages that ask for them by their codes. */
export async function listCustomFields(tx: Tx, type?: string): Promise<FieldRow[]> {
  const { rows } = await sql<Omit<FieldRow, 'options'> & { options: unknown }>`
    select f.id, f.type, f.code, f.name, f.kind, f.multiple, f.options,
      array(select s.code from stages s where s.workspace_id = f.workspace_id and s.id = any(f.required_stages) order by s.position) as "requiredStages"
    from fields f where f.workspace_id = ${workspaceOf(tx)} and (${type ?? null}::text is null or f.type = ${type ?? null})
    order by f.type, f.position, f.id`.execute(tx);
  return rows.map((row) => ({ ...row, options: readOptions(row.options) }));
}

export interface NewField {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
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
    })
    .execute();
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
