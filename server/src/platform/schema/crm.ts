import type { ColumnType, Generated } from 'kysely';
import type { DefaultJson, Flag, Ids, MaybeMoment, Moment, OfWorkspace, Stamp } from './columns.ts';

/** Items and clients, their types and fields, history and timeline. */
export interface CrmTables {
  item_types: OfWorkspace & {
    code: string;
    name: string;
    plural: string;
    icon: string;
    position: Generated<number>;
    created_at: Stamp;
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
  deleted_items: {
    workspace_id: number;
    id: number;
    number: Generated<number>;
    type: string;
    contact_id: number | null;
    company_id: number | null;
    parent_id: number | null;
    item: DefaultJson;
  };
  /** Kept by triggers on `items`. */
  item_keys: {
    workspace_id: number;
    item_id: number;
    title: string;
    amount: string;
    created_at: Stamp;
    responsible_id: number | null;
    words: string;
    terms: string[];
  };
  /** Which pieces the titles of a stretch have: bits as text. */
  title_zones: { workspace_id: number; starts: string; pieces: string; added: Generated<number> };
  /** Kept by triggers on `items`, emptied by foldTitles. */
  new_titles: { workspace_id: number; id: Generated<number>; item_id: number };
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
    /** The run that was taken back by this. */
    undoes_run: number | null;
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
    task_id: number | null;
    run_id: number | null;
    at: Stamp;
    read_at: MaybeMoment;
  };
}
