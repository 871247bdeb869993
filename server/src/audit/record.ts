import type { AuditKind, AuditObject } from '@signalbox/contract/audit.ts';
import { workspaceOf } from '../platform/after-commit.ts';
import { type Author, authorOf } from '../platform/author.ts';
import type { Tx } from '../platform/db.ts';
import { insertEntry } from './audit.store.ts';
import { type Change, cut } from './differences.ts';

/** What was done, for the audit log. */
export interface Act {
  readonly kind: AuditKind;
  /** What it was done to, by its name at this time. */
  readonly on?: { readonly kind: AuditObject; readonly id: number | string; readonly name: string } | undefined;
  /** What the sentence about it names. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly changes?: readonly Change[];
  /** In a transaction of the system role, which sees all workspaces. */
  readonly workspaceId?: number;
  /** Acts of one name are counted in one row an hour: a stranger can repeat them at will. */
  readonly hourly?: string;
  /** By this name the row can be told later how far an export came. */
  readonly fold?: string;
}

const MOST_SEARCHED = 2_000;

/**
 * Writes an act into the audit log, in the transaction that does it: neither can be without the other. Who did it is whoever
 * signed the transaction (`sign`), else `author`.
 */
export async function record(tx: Tx, act: Act, author: Author = authorOf(tx)): Promise<void> {
  const { kind, on, params = {}, changes = [], hourly, fold } = act;
  const object = on && { kind: on.kind, id: cut(String(on.id), 100), name: cut(on.name) };
  const said = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? cut(value) : value]),
  );
  const { tool, address } = author;
  const words = [tool?.name, object?.name, ...Object.values(said), address];
  await insertEntry(tx, {
    ...{ workspaceId: act.workspaceId ?? workspaceOf(tx), kind, object: object ?? null },
    ...{ hourly: hourly ?? null, fold: fold ?? null },
    author: { ...author, address: address && cut(address, 60), tool: tool && { ...tool, name: cut(tool.name) } },
    data: { params: said, changes },
    text: cut(words.filter((word) => word !== undefined && word !== null && word !== '').join('\n'), MOST_SEARCHED),
  });
}
