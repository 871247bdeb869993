import type { ColumnType, Generated } from 'kysely';
import type { Json, MaybeMoment, Moment, OfWorkspace } from '../../platform/schema/columns.ts';

type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>;

declare module '../../platform/schema.ts' {
  interface DB {
    rule_secrets: {
      workspace_id: number;
      token: string;
      sealed: string;
      origin: string | null;
      made_by: number | null;
      made_at: Moment;
    };
    webhooks: OfWorkspace & {
      outbox_id: number;
      method: string;
      url: string;
      headers: Json;
      body: string | null;
      signing_secret: string;
      wanted: MaybeJson;
      status: Generated<number | null>;
      results: MaybeJson;
      answered_at: MaybeMoment;
      created_at: Moment;
    };
  }
}
