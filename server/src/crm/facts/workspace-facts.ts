import type { Directory, PersonFacts, WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type FieldSpec, fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import { standardTypes } from '@signalbox/contract/common.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { findCalendar, toWorkingCalendar } from '../../people/working-time/calendar.store.ts';
import { presenceColumn, selectPresence, toPresence } from '../../people/working-time/presence.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { standardFields } from './standard-fields.ts';

export interface StageRow {
  readonly id: number;
  readonly pipelineId: number;
  readonly code: string;
  readonly name: string;
  readonly kind: 'open' | 'won' | 'lost';
  readonly position: number;
}

export interface PipelineRow {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly boardVersion: number;
  /** As on the screen. */
  readonly stages: readonly StageRow[];
}

/** What little changes in a workspace, read in one go: who and what the ids in its rows mean. */
export interface Reference {
  readonly workspace: WorkspaceFacts;
  readonly people: ReadonlyMap<number, PersonFacts>;
  /** In the order of the screen. */
  readonly pipelines: ReadonlyMap<number, PipelineRow>;
  readonly stages: ReadonlyMap<number, StageRow>;
  /** The codes of all types of item: the standard ones, then the smart processes. */
  readonly itemTypes: readonly string[];
  /** Standard and custom; one shared list for all items of a type. */
  fieldsOf(type: string): readonly FieldSpec[];
}

export async function loadWorkspaceFacts(tx: Tx): Promise<WorkspaceFacts> {
  return (await loadReference(tx)).workspace;
}

/** Two statements, the calendar's and all the rest. Whatever else is read here needs the trigger `reference_changed`. */
export async function loadReference(tx: Tx): Promise<Reference> {
  const id = workspaceOf(tx);
  const { rows } = await sql`
    select time_zone, currency, rates, language,
      (select json_agg(json_build_array(id, name, email, department_id, supervisor_id, phone, role, dismissed_at is null, ${selectPresence}))
       from employees where workspace_id = w.id) as people,
      (select json_agg(json_build_array(id, name, head_id)) from departments where workspace_id = w.id) as departments,
      (select json_agg(json_build_array(id, type, name, board_version) order by position, id)
       from pipelines where workspace_id = w.id) as pipelines,
      (select json_agg(json_build_array(id, pipeline_id, code, name, kind, position) order by pipeline_id, position, id)
       from stages where workspace_id = w.id) as stages,
      (select json_agg(json_build_object('type', type, 'code', code, 'name', name, 'kind', kind, 'multiple', multiple, 'options', options)
       order by position, id) from fields where workspace_id = w.id) as fields,
      (select json_agg(code order by position, id) from item_types where workspace_id = w.id) as item_types,
      (select json_agg(json_build_array(r.name, r.code, array(select er.employee_id from employee_roles er
         where er.workspace_id = r.workspace_id and er.role_id = r.id order by 1)) order by r.position, r.id)
       from roles r where r.workspace_id = w.id) as roles
    from workspaces w where id = ${id}`.execute(tx);
  const row = reference.parse(rows[0]);
  const calendar = toWorkingCalendar(await findCalendar(tx, id));
  const stages = row.stages.map(([stageId, pipelineId, code, name, kind, position]) => ({
    id: stageId,
    pipelineId,
    code,
    name,
    kind,
    position,
  }));
  return {
    workspace: {
      timeZone: row.time_zone,
      currency: row.currency,
      rates: row.rates,
      language: row.language,
      calendar,
      directory: directoryOf(row),
    },
    people: new Map(row.people.map((person) => [person[0], toPerson(person, row.time_zone)])),
    pipelines: new Map(row.pipelines.map((pipeline) => [pipeline[0], toPipeline(pipeline, stages)])),
    stages: new Map(stages.map((stage) => [stage.id, stage])),
    itemTypes: [...standardTypes, ...row.item_types],
    fieldsOf: fieldsByType(row.fields),
  };
}

const maybeId = z.number().nullable();
const person = z.tuple([
  z.number(),
  z.string(),
  z.string(),
  maybeId,
  maybeId,
  z.string().nullable(),
  z.string(),
  z.boolean(),
  presenceColumn,
]);
const pipeline = z.tuple([z.number(), z.string(), z.string(), z.number()]);
const stage = z.tuple([z.number(), z.number(), z.string(), z.string(), z.enum(['open', 'won', 'lost']), z.number()]);
const field = z.object({
  type: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(fieldKinds),
  multiple: z.boolean(),
  options: z.array(z.object({ value: z.string(), name: z.string() })),
});
const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullable()
    .transform((rows) => rows ?? []);
const reference = z.object({
  time_zone: z.string(),
  currency: z.string(),
  rates: z.record(z.string(), z.coerce.string()),
  language: z.string(),
  people: list(person),
  departments: list(z.tuple([z.number(), z.string(), maybeId])),
  pipelines: list(pipeline),
  stages: list(stage),
  fields: list(field),
  item_types: list(z.string()),
  roles: list(z.tuple([z.string().nullable(), z.string().nullable(), z.array(z.number())])),
});
type ReferenceRow = z.output<typeof reference>;

function toPerson(row: z.output<typeof person>, timeZone: string): PersonFacts {
  const [id, name, email, departmentId, supervisorId, phone, , isEmployed, presence] = row;
  return {
    ...{ id, name, email, departmentId, supervisorId, phone },
    // Nobody waits for somebody who has left.
    ...(isEmployed ? { presence: toPresence(presence, timeZone) } : {}),
  };
}

function toPipeline(
  [id, type, name, boardVersion]: z.output<typeof pipeline>,
  stages: readonly StageRow[],
): PipelineRow {
  return { id, type, name, boardVersion, stages: stages.filter((one) => one.pipelineId === id) };
}

function directoryOf({ people, departments, roles }: ReferenceRow): Directory {
  const present = people.filter((one) => one[7]);
  const idsWhere = (holds: (one: z.output<typeof person>) => boolean) => present.filter(holds).map((one) => one[0]);
  return {
    byEmail: tableOf(present.map((one) => [normalEmail(one[2]), one[0]])),
    departments: tableOf(departments.map(([id, name]) => [name, idsWhere((one) => one[3] === id)])),
    roles: tableOf([
      ...roles.flatMap(([name, code, ids]) =>
        [name, code].flatMap((key): [string, number[]][] =>
          key === null ? [] : [[key, idsWhere((one) => ids.includes(one[0]))]],
        ),
      ),
      // `employee` has always meant everybody who is no administrator.
      ...['admin', 'employee'].map((role): [string, number[]] => [role, idsWhere((one) => one[6] === role)]),
    ]),
    names: namesOf(people),
    heads: tableOf(departments.flatMap(([, name, head]): [string, number][] => (head === null ? [] : [[name, head]]))),
  };
}

// Asked by texts that anybody writes: without what every object of JavaScript holds, such as `constructor`.
function tableOf<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const table: Record<string, T> = Object.create(null);
  for (const [name, value] of entries) table[name] = value;
  return table;
}

// Of two who share a name each goes by the address, so that a text that names one names nobody else.
function namesOf(people: ReferenceRow['people']): Readonly<Record<number, string>> {
  const counts = Map.groupBy(people, ([, name]) => name.toLowerCase());
  return Object.fromEntries(
    people.map(([id, name, email]) => [
      id,
      name.trim() === '' || (counts.get(name.toLowerCase())?.length ?? 0) > 1 ? email : name,
    ]),
  );
}

function fieldsByType(rows: ReferenceRow['fields']): (type: string) => readonly FieldSpec[] {
  const known = new Map<string, readonly FieldSpec[]>();
  return (type) => {
    const made = known.get(type) ?? [
      ...standardFields,
      ...rows.filter((row) => row.type === type).map((row) => ({ ...row, custom: true })),
    ];
    known.set(type, made);
    return made;
  };
}
