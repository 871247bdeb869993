import type { ColumnType, Generated } from 'kysely';

// The tables of migrations/, as Kysely sees them. bigint comes as number, numeric as text, timestamptz as Date.
// A JSON column is `unknown` when read (parse it at the door) and JSON text when written.
export type Json = ColumnType<unknown, string, string>;
export type DefaultJson = ColumnType<unknown, string | undefined, string>;
export type Stamp = ColumnType<Date, Date | string | undefined, Date | string>;
export type Moment = ColumnType<Date, Date | string, Date | string>;
export type MaybeMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type Ids = ColumnType<number[], number[] | undefined, number[]>;
export type Texts = ColumnType<string[], string[] | undefined, string[]>;
export type Flag = Generated<boolean>;

export interface OfWorkspace {
  workspace_id: number;
  id: Generated<number>;
}
