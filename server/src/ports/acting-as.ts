import type { Acting } from '../automation/moves/acting.ts';
import type { PortScope } from '../automation/running/port-scope.ts';

/** Who acts when a rule does: its person, in its chain, at its moment. */
export function actingAs({ workspaceId, run, ruleName, chain, now, asOf }: PortScope, byId: number | null): Acting {
  return { workspaceId, byId, runId: run.id, ruleName, chain, now, asOf };
}
