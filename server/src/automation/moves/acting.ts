import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { type Author, product } from '../../platform/author.ts';
import type { Rights } from '../../platform/context.ts';

/** Who acts, and because of what. */
export interface Acting {
  readonly workspaceId: number;
  /** The employee; null: nobody in particular. */
  readonly byId: number | null;
  readonly runId?: number | null;
  readonly signalId?: number | null;
  readonly trigger?: { readonly id: string; readonly name: string } | null;
  readonly ruleName?: string | null;
  /** Null: a person or the API, so a new chain begins (semantics.md 7). */
  readonly chain: Chain | null;
  readonly now: Date;
  /** When it was to happen, if it is late: from then on the item stands elsewhere (semantics.md 5.1). */
  readonly asOf?: Date;
  /** What the person may do. Automation has none: it acts as its person, but sees what the workspace sees (semantics.md 4). */
  readonly rights?: Rights | undefined;
}

/** For the audit log: the rule acted, on behalf of its person. */
export function authorByRule({ byId, runId, ruleName }: Acting): Author {
  return { ...product, via: 'rule', byId, tool: { id: String(runId ?? ''), name: ruleName ?? '' } };
}
