import type { ColumnType, Generated } from 'kysely';

// The tables of migrations/, as Kysely sees them. bigint comes as number, numeric as text, timestamptz as Date.
// A JSON column is `unknown` when read (parse it at the door) and JSON text when written.
type Json = ColumnType<unknown, string, string>;
type DefaultJson = ColumnType<unknown, string | undefined, string>;
type Stamp = ColumnType<Date, Date | string | undefined, Date | string>;
type Moment = ColumnType<Date, Date | string, Date | string>;
type MaybeMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Ids = ColumnType<number[], number[] | undefined, number[]>;
type Texts = ColumnType<string[], string[] | undefined, string[]>;
type Flag = Generated<boolean>;

interface OfWorkspace {
  workspace_id: number;
  id: Generated<number>;
}

export interface DB {
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
  };
  invitations: OfWorkspace & { employee_id: number; token_hash: Buffer; expires_at: Moment; accepted_at: MaybeMoment };
  departments: OfWorkspace & { name: string; parent_id: number | null; head_id: number | null };
  api_keys: OfWorkspace & {
    employee_id: number;
    kind: 'api' | 'webhook';
    name: Generated<string>;
    hash: Buffer;
    hint: string;
    created_at: Stamp;
    last_used_at: MaybeMoment;
    revoked_at: MaybeMoment;
  };
  pipelines: OfWorkspace & {
    type: string;
    name: string;
    position: Generated<number>;
    board_version: Generated<number>;
    created_at: Stamp;
  };
  stages: OfWorkspace & {
    pipeline_id: number;
    code: string;
    name: string;
    kind: 'open' | 'won' | 'lost';
    color: Generated<string>;
    position: number;
  };
  boards: {
    workspace_id: number;
    pipeline_id: number;
    version: number;
    file: Json;
    author_id: number | null;
    saved_at: Stamp;
  };
  fields: OfWorkspace & {
    type: string;
    code: string;
    name: string;
    kind: string;
    multiple: Flag;
    options: DefaultJson;
    required_stages: Ids;
    position: Generated<number>;
  };
  companies: OfWorkspace & {
    name: string;
    responsible_id: number | null;
    fields: DefaultJson;
    created_at: Stamp;
    updated_at: Stamp;
  };
  contacts: OfWorkspace & {
    name: string;
    first_name: string | null;
    last_name: string | null;
    company_id: number | null;
    responsible_id: number | null;
    fields: DefaultJson;
    created_at: Stamp;
    updated_at: Stamp;
  };
  client_addresses: OfWorkspace & {
    client_kind: 'contact' | 'company';
    client_id: number;
    kind: 'email' | 'phone';
    value: string;
    normal: string;
    position: Generated<number>;
  };
  items: OfWorkspace & {
    type: string;
    pipeline_id: number;
    stage_id: number;
    visit_id: Generated<number>;
    title: string;
    amount: string | null;
    currency: string | null;
    responsible_id: number | null;
    creator_id: number | null;
    observer_ids: Ids;
    contact_id: number | null;
    company_id: number | null;
    parent_id: number | null;
    fields: DefaultJson;
    created_at: Stamp;
    updated_at: Stamp;
    moved_at: Stamp;
  };
  signals: OfWorkspace & {
    kind: string;
    occurred_at: Moment;
    recorded_at: Stamp;
    source_key: string;
    payload: Json;
    item_ids: number[] | null;
    client: ColumnType<unknown, string | null, string | null>;
    chain: ColumnType<unknown, string | null, string | null>;
    cause_run_id: number | null;
  };
  signal_queue: {
    workspace_id: number;
    signal_id: number;
    recorded_at: Stamp;
    attempts: Generated<number>;
    error: string | null;
    parked_at: MaybeMoment;
    item_ids: number[] | null;
  };
  decisions: {
    workspace_id: number;
    item_id: number;
    signal_id: number;
    decided_at: Moment;
    pipeline_id: number;
    board_version: number;
    visit_id: number | null;
    verdicts: Json;
    note: ColumnType<unknown, string | null, string | null>;
  };
  visits: OfWorkspace & {
    item_id: number;
    pipeline_id: number;
    stage_id: number;
    from_pipeline_id: number | null;
    from_stage_id: number | null;
    entered_at: Moment;
    board_version: number;
    by_id: number | null;
    signal_id: number | null;
    trigger_id: string | null;
    run_id: number | null;
    chain: ColumnType<unknown, string | null, string | null>;
  };
  runs: OfWorkspace & {
    visit_id: number;
    item_id: number;
    rule_id: string;
    state: Generated<'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'cancelled' | 'uncertain'>;
    waiting_for: 'time' | 'condition' | 'task' | 'answer' | null;
    entry: Flag;
    keep: Flag;
    due_at: MaybeMoment;
    started_at: MaybeMoment;
    ended_at: MaybeMoment;
    attempts: Generated<number>;
    result: ColumnType<unknown, string | null | undefined, string | null>;
    error: string | null;
    asked_by: number | null;
    board_version: number | null;
  };
  history: OfWorkspace & {
    item_id: number;
    at: Moment;
    author_id: number | null;
    field: string;
    from: ColumnType<unknown, string | null, string | null>;
    to: ColumnType<unknown, string | null, string | null>;
    trigger_name: string | null;
    rule_name: string | null;
    signal_id: number | null;
  };
  timeline: OfWorkspace & {
    item_id: number;
    kind: string;
    at: Moment;
    author_id: number | null;
    text: Generated<string>;
    data: DefaultJson;
  };
  notifications: OfWorkspace & {
    employee_id: number;
    text: string;
    sender_id: number | null;
    item_id: number | null;
    run_id: number | null;
    at: Stamp;
    read_at: MaybeMoment;
  };
  channels: OfWorkspace & {
    kind: string;
    provider: string;
    name: string;
    settings: DefaultJson;
    secrets: DefaultJson;
    enabled: Flag;
    created_at: Stamp;
  };
  emails: OfWorkspace & {
    direction: 'in' | 'out';
    audience: Generated<'client' | 'employee'>;
    mailbox_id: number | null;
    item_id: number | null;
    contact_id: number | null;
    company_id: number | null;
    author_id: number | null;
    run_id: number | null;
    message_id: string;
    in_reply_to: string | null;
    reference_ids: Texts;
    thread_id: number | null;
    from_address: string;
    from_name: string | null;
    to_addresses: string[];
    subject: Generated<string>;
    text: Generated<string>;
    html: string | null;
    classification: Generated<'person' | 'bounce' | 'auto-reply' | 'spam'>;
    evidence: DefaultJson;
    tied_by: ColumnType<unknown, string | null | undefined, string | null>;
    headers: DefaultJson;
    track: Flag;
    at: Stamp;
    first_opened_at: MaybeMoment;
    open_count: Generated<number>;
    click_count: Generated<number>;
    bounced_at: MaybeMoment;
    links: Texts;
    raw: Buffer | null;
  };
  email_attachments: OfWorkspace & {
    email_id: number;
    name: string;
    type: string;
    size: number;
    content_id: string | null;
    content: Buffer;
  };
  email_events: OfWorkspace & {
    email_id: number;
    kind: 'open' | 'click';
    url: string | null;
    at: Moment;
    user_agent: string | null;
    ip: string | null;
    machine: boolean;
    counted: boolean;
    evidence: DefaultJson;
  };
  outbox: OfWorkspace & {
    kind: string;
    channel_id: number | null;
    run_id: number | null;
    item_id: number | null;
    email_id: number | null;
    payload: Json;
    idempotency_key: string;
    state: Generated<'queued' | 'sending' | 'sent' | 'failed' | 'uncertain'>;
    attempts: Generated<number>;
    next_at: Stamp;
    lease_token: string | null;
    lease_until: MaybeMoment;
    error: string | null;
    created_at: Stamp;
    sent_at: MaybeMoment;
  };
  sandbox_mail: OfWorkspace & {
    outbox_id: number | null;
    from_address: string;
    to_addresses: string[];
    subject: Generated<string>;
    text: Generated<string>;
    html: string | null;
    headers: DefaultJson;
    raw: Buffer | null;
    at: Stamp;
  };
  sandbox_sms: OfWorkspace & {
    outbox_id: number | null;
    from_number: string;
    to_number: string;
    text: string;
    at: Stamp;
  };
  rule_turns: { workspace_id: number; pipeline_id: number; rule_id: string; last_employee_id: number };
  idempotency_keys: {
    workspace_id: number;
    employee_id: number;
    key: string;
    request_hash: string;
    status: number | null;
    body: ColumnType<unknown, string | null, string | null>;
    created_at: Stamp;
  };
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
  processes: { id: string; worker_ids: Texts; roles: string; started_at: Stamp; seen_at: Stamp };
  auth_users: { id: string; name: string; email: string };
  auth_sessions: { id: string; userId: string; token: string; expiresAt: Date };
}
