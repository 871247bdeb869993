import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Flag, Ids, Json, MaybeMoment, Moment, OfWorkspace, Stamp, Texts } from './columns.ts';

/** What comes from clients and what goes to them. */
export interface ChannelsTables {
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
    shown_html: ColumnType<unknown, string | null | undefined, string | null>;
    classification: Generated<'person' | 'bounce' | 'auto-reply' | 'spam' | 'flood'>;
    evidence: DefaultJson;
    tied_by: ColumnType<unknown, string | null | undefined, string | null>;
    headers: DefaultJson;
    track: Flag;
    at: Stamp;
    first_opened_at: MaybeMoment;
    open_count: Generated<number>;
    click_count: Generated<number>;
    fetch_count: Generated<number>;
    machine_count: Generated<number>;
    was_opened: Flag;
    clicked_links: Ids;
    bounced_at: MaybeMoment;
    links: Texts;
    raw: Buffer | null;
    unreadable: string | null;
    new_text: string | null;
    new_html_length: number | null;
    reply_to: string | null;
    writer: ColumnType<unknown, string | null | undefined, string | null>;
    held: ColumnType<unknown, string | null | undefined, string | null>;
    forwarded: ColumnType<unknown, string | null | undefined, string | null>;
    verified: boolean | null;
    authentication: ColumnType<unknown, string | null | undefined, string | null>;
    outbox_id: number | null;
  };
  trusted_senders: OfWorkspace & { address: string; added_by: number | null; created_at: Stamp };
  email_attachments: OfWorkspace & {
    email_id: number;
    name: string;
    type: string;
    size: number;
    content_id: string | null;
    content: Buffer | null;
    file_id: number | null;
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
    held_until: MaybeMoment;
    times: Generated<number>;
    last_at: MaybeMoment;
  };
  outbox: OfWorkspace & {
    kind: string;
    channel_id: number | null;
    run_id: number | null;
    item_id: number | null;
    payload: Json;
    idempotency_key: string;
    holds: Generated<boolean>;
    state: Generated<'queued' | 'sending' | 'sent' | 'failed' | 'uncertain'>;
    attempts: Generated<number>;
    next_at: Stamp;
    lease_token: string | null;
    lease_until: MaybeMoment;
    error: string | null;
    reason: ColumnType<unknown, string | null | undefined, string | null>;
    created_at: Stamp;
    sent_at: MaybeMoment;
  };
  failing_channels: {
    workspace_id: number;
    channel_id: number;
    failures: number;
    since: Moment;
    reason: ColumnType<unknown, string, string>;
    pauses: Generated<number>;
    paused_at: MaybeMoment;
    paused_until: MaybeMoment;
    probe_id: number | null;
  };
  mail_domains: {
    workspace_id: number;
    domain: string;
    claimed_by: 'dns' | 'operator' | 'upgrade';
    claimed_at: Stamp;
  };
  domain_proofs: {
    workspace_id: number;
    domain: string;
    token: string;
    created_at: Stamp;
    checked_at: MaybeMoment;
    problem: string | null;
  };
  new_senders: { workspace_id: number; mailbox_id: number; hour: Moment; letters: number };
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
}
