import type { ColumnType } from 'kysely';
import type { MaybeMoment, Moment, OfWorkspace, Stamp } from './columns.ts';

/** Uploaded files, and what of their bytes is to be removed. */
export interface FilesTables {
  files: OfWorkspace & {
    name: string;
    type: string;
    size: ColumnType<number, number, never>;
    sha256: string;
    key: string;
    author_id: number | null;
    created_at: Stamp;
    used_at: MaybeMoment;
  };
  file_trash: { workspace_id: number; key: string; after: Moment };
}
