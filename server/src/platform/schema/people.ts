import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Json, MaybeMoment, Moment, OfWorkspace, Stamp, Texts } from './columns.ts';

/** Workspaces, accounts and employees, and when they work. */
export interface PeopleTables {
  workspaces: {
    id: Generated<number>;
    name: string;
    time_zone: Generated<string>;
    currency: Generated<string>;
    rates: DefaultJson;
    language: Generated<string>;
    settings: DefaultJson;
    created_at: Stamp;
  };
  currency_rates: OfWorkspace & { base: string; rates: Json; since: Moment; set_by: number | null };
  employees: OfWorkspace & {
    account_id: string | null;
    email: string;
    name: string;
    role: 'admin' | 'employee';
    department_id: number | null;
    supervisor_id: number | null;
    phone: string | null;
    language: string | null;
    preferences: DefaultJson;
    dismissed_at: MaybeMoment;
    created_at: Stamp;
    /** Further ones by which they are known as the writer of mail. */
    addresses: Texts;
  };
  invitations: OfWorkspace & { employee_id: number; token_hash: Buffer; expires_at: Moment; accepted_at: MaybeMoment };
  departments: OfWorkspace & { name: string; parent_id: number | null; head_id: number | null };
  api_keys: OfWorkspace & {
    employee_id: number;
    kind: 'api' | 'webhook';
    name: Generated<string>;
    hash: Buffer;
    hint: string;
    scope: ColumnType<'all' | 'api' | 'read', 'all' | 'api' | 'read' | undefined>;
    expires_at: MaybeMoment;
    created_at: Stamp;
    last_used_at: MaybeMoment;
    revoked_at: MaybeMoment;
  };
  workspace_quotas: { workspace_id: number; name: string; amount: number };
  working_calendars: {
    workspace_id: number;
    week: Json;
    country: string | null;
    days_off: DefaultJson;
    days_on: DefaultJson;
  };
  work_days: OfWorkspace & {
    employee_id: number;
    state: Generated<'open' | 'paused' | 'ended'>;
    started_at: Moment;
    changed_at: Moment;
    paused_ms: Generated<number>;
  };
  absences: OfWorkspace & {
    employee_id: number;
    from_day: string;
    to_day: string;
    reason: string;
    created_by: number | null;
    created_at: Stamp;
  };
  idempotency_keys: {
    workspace_id: number;
    employee_id: number;
    key: string;
    request_hash: string;
    status: number | null;
    body: ColumnType<unknown, string | null, string | null>;
    created_at: Stamp;
  };
  sign_in_guesses: { key: Buffer; failures: number; last_at: Moment };
  auth_users: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    passwordIsWeak: ColumnType<boolean, boolean | undefined, boolean>;
  };
  auth_totp: { user_id: string; secret: string; last_step: Generated<number>; confirmed_at: MaybeMoment };
  auth_passkeys: {
    id: Generated<number>;
    user_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: Texts;
    name: string;
    created_at: Moment;
    last_used_at: MaybeMoment;
  };
  auth_resets: { hash: Buffer; user_id: string; expires_at: Moment };
  auth_recovery_codes: { user_id: string; hash: Buffer };
  auth_used_challenges: { hash: Buffer; used_at: Moment };
  auth_sessions: {
    id: string;
    userId: string;
    token: string;
    expiresAt: Date;
    createdAt: Date;
    ipAddress: string | null;
    userAgent: string | null;
    confirmedAt: ColumnType<Date, Date | undefined, Date>;
    seenAt: ColumnType<Date, Date | undefined, Date>;
    seesAs: number | null;
    seesUntil: MaybeMoment;
    secondAt: MaybeMoment;
  };
}
