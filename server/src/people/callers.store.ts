import { type Owed, owed } from '@signalbox/contract/people/second-factor.ts';
import type { KeyScope } from '@signalbox/contract/people/users.ts';
import { sql } from 'kysely';
import type { Databases } from '../platform/db.ts';

// Who a session or a key stands for: looked up over all workspaces, before a workspace is known. System role only.

/** One employee of one workspace. */
export interface Known {
  readonly workspaceId: number;
  readonly employeeId: number;
  readonly language: string;
}

/** Through whose eyes a session looks, and until when. */
export interface Eyes {
  readonly employeeId: number;
  readonly until: Date;
}

export interface KeyOwner extends Known {
  readonly keyId: number;
  readonly keyKind: 'api' | 'webhook';
  readonly keyName: string;
  readonly keyScope: KeyScope;
  readonly lastUsedAt: Date | null;
  /** What the operator has set for the workspace alone, a minute. */
  readonly ownCallsLimit: number | null;
}

/** The first workspace in which the account works and is not dismissed. */
export async function findEmployment(
  { system }: Pick<Databases, 'system'>,
  accountId: string,
): Promise<Known | undefined> {
  const row = await selectEmployment(system, accountId).executeTakeFirst();
  return row && knownFrom(row);
}

/** The same for a session, with whose eyes it looks through at this time: somebody's of that workspace who is still there. */
export async function findSessionOwner(
  { system }: Pick<Databases, 'system'>,
  { accountId, sessionId, now }: { readonly accountId: string; readonly sessionId: string; readonly now: Date },
): Promise<{ readonly known: Known; readonly eyes: Eyes | null; readonly owes: Owed | null } | undefined> {
  const row = await selectEmployment(system, accountId)
    .leftJoin('auth_sessions as s', (join) => join.on('s.id', '=', sessionId).on('s.seesUntil', '>', now))
    .leftJoin('employees as seen', (join) =>
      join
        .onRef('seen.workspace_id', '=', 'e.workspace_id')
        .onRef('seen.id', '=', 's.seesAs')
        .on('seen.dismissed_at', 'is', null),
    )
    .select(['seen.id as seen_id', 's.seesUntil as sees_until'])
    .select(owesAs(sessionId))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { seen_id: employeeId, sees_until: until } = row;
  const owes = readOwed(row.owes);
  return { known: knownFrom(row), owes, eyes: employeeId === null || until === null ? null : { employeeId, until } };
}

/** What a session owes before it opens anything; null: nothing. Also of one that is about to begin, whose id nobody knows. */
export async function findOwed(
  { system }: Pick<Databases, 'system'>,
  { accountId, sessionId }: { readonly accountId: string; readonly sessionId: string },
): Promise<Owed | null> {
  const row = await selectEmployment(system, accountId).select(owesAs(sessionId)).executeTakeFirst();
  return readOwed(row?.owes);
}

// Asked anew with every request: what is set up or asked for in one session counts in all others at once.
const owesAs = (sessionId: string) => {
  const isGiven = sql`exists (select from auth_sessions o where o.id = ${sessionId} and o."secondAt" is not null)`;
  return sql<string | null>`case
    when (exists (select from auth_totp t where t.user_id = e.account_id and t.confirmed_at is not null)
      or exists (select from auth_passkeys p where p.user_id = e.account_id)) and not ${isGiven} then 'second-factor'
    when exists (select from auth_users u where u.id = e.account_id and u."passwordIsWeak") then 'password'
    when exists (select from employees f join employee_roles er on er.workspace_id = f.workspace_id and er.employee_id = f.id
      join roles r on r.workspace_id = er.workspace_id and r.id = er.role_id
      where f.account_id = e.account_id and f.dismissed_at is null and r.second_factor) and not ${isGiven} then 'set-up' end`.as(
    'owes',
  );
};

const readOwed = (text: string | null | undefined): Owed | null => owed.nullable().parse(text ?? null);

function selectEmployment(system: Databases['system'], accountId: string) {
  return system
    .selectFrom('employees as e')
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .select(['e.workspace_id', 'e.id', 'e.language', 'w.language as workspace_language'])
    .where('e.account_id', '=', accountId)
    .where('e.dismissed_at', 'is', null)
    .orderBy('e.workspace_id')
    .limit(1);
}

interface EmploymentRow {
  readonly workspace_id: number;
  readonly id: number;
  readonly language: string | null;
  readonly workspace_language: string;
}

function knownFrom({ workspace_id, id, language, workspace_language }: EmploymentRow): Known {
  return { workspaceId: workspace_id, employeeId: id, language: language ?? workspace_language };
}

/** The owner of a key that is neither revoked nor at its end nor a dismissed employee's. */
export async function findKeyOwner(
  { system }: Pick<Databases, 'system'>,
  hash: Buffer,
  now: Date,
): Promise<KeyOwner | undefined> {
  const row = await system
    .selectFrom('api_keys as k')
    .innerJoin('employees as e', (join) =>
      join.onRef('e.workspace_id', '=', 'k.workspace_id').onRef('e.id', '=', 'k.employee_id'),
    )
    .innerJoin('workspaces as w', 'w.id', 'e.workspace_id')
    .leftJoin('workspace_quotas as q', (join) =>
      join.onRef('q.workspace_id', '=', 'k.workspace_id').on('q.name', '=', 'calls-of-key'),
    )
    .select([
      'q.amount as own_calls_limit',
      'k.id as key_id',
      'k.kind',
      'k.name as key_name',
      'k.last_used_at',
      'k.scope',
      'e.workspace_id',
      'e.id',
      'e.language',
      'w.language as workspace_language',
    ])
    .where('k.hash', '=', hash)
    .where('k.revoked_at', 'is', null)
    .where((k) => k.or([k('k.expires_at', 'is', null), k('k.expires_at', '>', now)]))
    .where('e.dismissed_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const language = row.language ?? row.workspace_language;
  const owner = { workspaceId: row.workspace_id, employeeId: row.id, language };
  const key = { keyId: row.key_id, keyKind: row.kind, keyName: row.key_name, keyScope: row.scope };
  return { ...owner, ...key, lastUsedAt: row.last_used_at, ownCallsLimit: row.own_calls_limit };
}

export async function markKeyUsed({ system }: Pick<Databases, 'system'>, owner: KeyOwner, now: Date): Promise<void> {
  await sql`
    update api_keys set last_used_at = ${now} where workspace_id = ${owner.workspaceId} and id = ${owner.keyId}`.execute(
    system,
  );
}
