import type { FlowPort } from '@signalbox/automation/rules/flow/port.ts';
import { cancelRunsBehind } from '../automation/running/cancel-below.ts';
import type { PortScope } from '../automation/running/port-scope.ts';

/** The chain of the run's rule (semantics.md 5.2). */
export function flowPort(scope: PortScope): FlowPort {
  return { stopBehind: () => scope.command(async () => ({ stopped: await cancelRunsBehind(scope.tx, scope) })) };
}
