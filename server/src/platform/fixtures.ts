import { randomUUID } from 'node:crypto';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import { loadConfig } from './config/config.ts';
import type { Context } from './context.ts';
import { type Databases, inSystem, inWorkspace, type Tx } from './db.ts';
import { silentLog } from './log.ts';
import { createRealtime } from './realtime.ts';

/** For tests: a workspace with one pipeline, made by plain SQL so that nothing under test is needed to set it up. */
export interface Fixture {
  readonly databases: Databases;
  readonly workspaceId: number;
  /** The administrator, responsible for the fixture's items. */
  readonly employeeId: number;
  readonly pipelineId: number;
  /** Stage ids by code. */
  readonly stages: Readonly<Record<string, number>>;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** An item without visits' runs, as if it had always stood there. */
  addItem(item?: NewItem): Promise<number>;
  addItems(count: number, item?: NewItem): Promise<number[]>;
  addEmployee(employee?: { name?: string; email?: string; role?: 'admin' | 'employee' }): Promise<number>;
  addContact(contact?: {
    name?: string;
    emails?: readonly string[];
    phones?: readonly string[];
    companyId?: number;
  }): Promise<number>;
  addCompany(company?: { name?: string; emails?: readonly string[]; phones?: readonly string[] }): Promise<number>;
  addChannel(channel: { kind: string; name?: string; settings?: object }): Promise<number>;
  addPipeline(pipeline: NewPipeline): Promise<{ pipelineId: number; stages: Record<string, number> }>;
  /** Replaces the board; the file is stored as it is, so give every trigger and rule an `id`. */
  saveBoard(file: { triggers?: readonly object[]; rules?: readonly object[] }, pipelineId?: number): Promise<number>;
}

export interface NewItem {
  readonly title?: string;
  readonly pipelineId?: number;
  readonly stage?: string;
  readonly type?: string;
  readonly amount?: string | null;
  readonly contactId?: number | null;
  readonly companyId?: number | null;
  readonly fields?: object;
  readonly updatedAt?: Date;
}

export interface NewPipeline {
  readonly type?: string;
  readonly name?: string;
  readonly stages?: readonly { readonly code: string; readonly kind?: 'open' | 'won' | 'lost' }[];
}

export async function makeFixture(
  databases: Databases,
  pipeline: NewPipeline & { timeZone?: string } = {},
): Promise<Fixture> {
  const workspaceId = await inSystem(databases.system, (tx) => addWorkspace(tx, pipeline.timeZone ?? 'UTC'));
  const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(databases.app, workspaceId, work);
  const employeeId = await inside((tx) => addEmployee(tx, workspaceId, { name: 'Anna', role: 'admin' }));
  const { pipelineId, stages } = await inside((tx) => addPipeline(tx, workspaceId, pipeline));
  const home = { workspaceId, employeeId, pipelineId };
  return {
    ...{ databases, workspaceId, employeeId, pipelineId, stages, inside },
    addItem: async (item) => first(await inside((tx) => addItems(tx, home, 1, item))),
    addItems: (count, item) => inside((tx) => addItems(tx, home, count, item)),
    addEmployee: (employee = {}) => inside((tx) => addEmployee(tx, workspaceId, employee)),
    addContact: (contact = {}) =>
      inside((tx) => addClient(tx, workspaceId, { kind: 'contact', name: 'Cleo Client', ...contact })),
    addCompany: (company = {}) =>
      inside((tx) => addClient(tx, workspaceId, { kind: 'company', name: 'Acme', ...company })),
    addChannel: (channel) => inside((tx) => addChannel(tx, workspaceId, channel)),
    addPipeline: (another) => inside((tx) => addPipeline(tx, workspaceId, another)),
    saveBoard: (file, id = pipelineId) => inside((tx) => saveBoard(tx, { workspaceId, pipelineId: id }, file)),
  };
}

/** A process without other processes: events reach listeners at once. */
export function makeContext(databases: Databases, clock: Clock): Context {
  return { databases, clock, config: loadConfig({}), log: silentLog, realtime: createRealtime(databases, null) };
}

const defaultStages = [
  { code: 'NEW' },
  { code: 'OFFER' },
  { code: 'WARM' },
  { code: 'WON', kind: 'won' as const },
  { code: 'LOST', kind: 'lost' as const },
];

interface Home {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly pipelineId: number;
}

async function addWorkspace(tx: Tx, timeZone: string): Promise<number> {
  const { id } = await tx
    .insertInto('workspaces')
    .values({ name: `Workspace ${randomUUID().slice(0, 8)}`, time_zone: timeZone })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function addEmployee(
  tx: Tx,
  workspaceId: number,
  employee: { name?: string; email?: string; role?: 'admin' | 'employee' },
) {
  const name = employee.name ?? 'Eve';
  const email = employee.email ?? `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@firm.test`;
  const { id } = await tx
    .insertInto('employees')
    .values({ workspace_id: workspaceId, name, email, role: employee.role ?? 'employee' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await giveStandardRole(tx, { workspaceId, employeeId: id, code: employee.role ?? 'employee' });
  return id;
}

/** What the role may do, people/rights/standard-roles.ts says. */
async function giveStandardRole(tx: Tx, given: { workspaceId: number; employeeId: number; code: string }) {
  const { id } = await tx
    .insertInto('roles')
    .values({ workspace_id: given.workspaceId, code: given.code })
    .onConflict((held) => held.columns(['workspace_id', 'code']).doUpdateSet({ code: given.code }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('employee_roles')
    .values({ workspace_id: given.workspaceId, employee_id: given.employeeId, role_id: id })
    .execute();
}

async function addPipeline(tx: Tx, workspaceId: number, pipeline: NewPipeline) {
  const { id } = await tx
    .insertInto('pipelines')
    .values({ workspace_id: workspaceId, type: pipeline.type ?? 'deal', name: pipeline.name ?? 'Sales' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = (pipeline.stages ?? defaultStages).map(({ code, ...stage }, position) => ({
    ...{ workspace_id: workspaceId, pipeline_id: id, code, name: code, position },
    kind: 'kind' in stage && stage.kind !== undefined ? stage.kind : ('open' as const),
  }));
  const stages = await tx.insertInto('stages').values(rows).returning(['id', 'code']).execute();
  return { pipelineId: id, stages: Object.fromEntries(stages.map((stage) => [stage.code, stage.id])) };
}

async function addItems(tx: Tx, home: Home, count: number, item: NewItem = {}): Promise<number[]> {
  const at = item.updatedAt ?? new Date();
  const { rows } = await sql<{ id: number }>`
    insert into items (workspace_id, type, pipeline_id, stage_id, title, amount, currency, responsible_id, creator_id, contact_id, company_id, fields, updated_at)
    select ${home.workspaceId}, ${item.type ?? 'deal'}, s.pipeline_id, s.id, ${item.title ?? 'Deal'} || ' ' || n, ${item.amount ?? '1000'}, 'EUR',
      ${home.employeeId}, ${home.employeeId}, ${item.contactId ?? null}, ${item.companyId ?? null}, ${JSON.stringify(item.fields ?? {})}, ${at}
    from stages s, generate_series(1, ${count}::int) n
    where s.workspace_id = ${home.workspaceId} and s.pipeline_id = ${item.pipelineId ?? home.pipelineId} and s.code = ${item.stage ?? 'NEW'}
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

interface NewClient {
  readonly kind: 'contact' | 'company';
  readonly name: string;
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly companyId?: number;
}

async function addClient(tx: Tx, workspaceId: number, client: NewClient): Promise<number> {
  const row = { workspace_id: workspaceId, name: client.name };
  const id =
    client.kind === 'company'
      ? await insertCompany(tx, row)
      : await insertContact(tx, { ...row, company_id: client.companyId ?? null });
  const addresses = [
    ...(client.emails ?? []).map((value) => ({ kind: 'email' as const, value, normal: normalEmail(value) })),
    ...(client.phones ?? []).map((value) => ({ kind: 'phone' as const, value, normal: value })),
  ];
  for (const address of addresses) {
    await tx
      .insertInto('client_addresses')
      .values({ workspace_id: workspaceId, client_kind: client.kind, client_id: id, ...address })
      .execute();
  }
  return id;
}

async function insertCompany(tx: Tx, row: { workspace_id: number; name: string }): Promise<number> {
  return (await tx.insertInto('companies').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

async function insertContact(
  tx: Tx,
  row: { workspace_id: number; name: string; company_id: number | null },
): Promise<number> {
  return (await tx.insertInto('contacts').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

async function addChannel(tx: Tx, workspaceId: number, channel: { kind: string; name?: string; settings?: object }) {
  const { id } = await tx
    .insertInto('channels')
    .values({
      ...{ workspace_id: workspaceId, kind: channel.kind, provider: 'sandbox', name: channel.name ?? channel.kind },
      settings: JSON.stringify(channel.settings ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function saveBoard(
  tx: Tx,
  { workspaceId, pipelineId }: { workspaceId: number; pipelineId: number },
  { triggers = [], rules = [] }: { triggers?: readonly object[]; rules?: readonly object[] },
): Promise<number> {
  const { rows } = await sql<{ type: string; name: string; version: number }>`
    update pipelines set board_version = board_version + 1 where workspace_id = ${workspaceId} and id = ${pipelineId}
    returning type, name, board_version as version`.execute(tx);
  const { type, name, version } = first(rows);
  const file = JSON.stringify({ type, pipeline: name, triggers, rules });
  await tx.insertInto('boards').values({ workspace_id: workspaceId, pipeline_id: pipelineId, version, file }).execute();
  return version;
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was made');
  return row;
}
