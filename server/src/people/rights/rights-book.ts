import type { Context, Rights } from '../../platform/context.ts';
import { loadRights } from './rights.store.ts';

interface Who {
  readonly workspaceId: number;
  readonly employeeId: number;
}

/** What everybody may do, remembered for a moment; one a process. */
export interface RightsBook {
  of(who: Who): Promise<Rights>;
  /** Roles, people, departments or pipelines have changed: here and, when they are told of it, in the other processes. */
  forget(workspaceId: number): void;
}

/** A change is told to all processes at once; this is for a notice that was lost on its way. */
const REMEMBER_MS = 2_000;
/** What can change somebody's rights. */
const topics: ReadonlySet<string> = new Set(['rights', 'people', 'departments', 'pipelines']);

export function createRightsBook({ databases, realtime }: Pick<Context, 'databases' | 'realtime'>): RightsBook {
  const workspaces = new Map<number, Map<number, { readonly rights: Rights; readonly until: number }>>();
  const forget = (workspaceId: number) => workspaces.set(workspaceId, new Map());

  function pageOf(workspaceId: number) {
    const known = workspaces.get(workspaceId);
    if (known !== undefined) return known;
    realtime.subscribe(workspaceId, 0, ({ topic }) => {
      if (topics.has(topic)) forget(workspaceId);
    });
    const page = new Map();
    workspaces.set(workspaceId, page);
    return page;
  }

  return {
    forget,
    async of(who) {
      const page = pageOf(who.workspaceId);
      const known = page.get(who.employeeId);
      if (known !== undefined && performance.now() < known.until) return known.rights;
      const rights = await loadRights(databases.system, who);
      // A page that was forgotten meanwhile is nobody's any more: what was read too early goes with it.
      page.set(who.employeeId, { rights, until: performance.now() + REMEMBER_MS });
      return rights;
    },
  };
}
