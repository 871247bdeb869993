import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import { setReason } from '../../outbox/reason-columns.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { arrays } from '../../platform/sql-arrays.ts';
import { listStageRules } from '../visits/stage-rules.ts';
import type { PortScope } from './port-scope.ts';

/** A rule that sends the item elsewhere also cancels the unstarted `cancel` runs below it, even those due at entry (semantics.md 5.1). They end at the rule's own moment. */
export async function cancelRunsBelow(tx: Tx, { board, rule, run, asOf, ruleName }: PortScope): Promise<void> {
  const stage = listStageRules(board, rule.stageId).map((stageRule) => stageRule.rule);
  const below = stage.filter((other) => other.position > rule.position).map(({ id }) => id);
  await sql`
    update runs set state = 'cancelled', waiting_for = null, ended_at = ${asOf}, ${setReason(because('sent-elsewhere', { rule: ruleName }))}
    where workspace_id = ${workspaceOf(tx)} and visit_id = ${run.visitId} and state = 'waiting' and not keep and (due_at is null or due_at >= ${asOf})
      and rule_id = any(${arrays.texts(below)}::text[])`.execute(tx);
}

/** Cancels what waits for the rule to end and has not begun, and what waits for that, whatever leaving would do to it; answers how many. */
export async function cancelRunsBehind(tx: Tx, { board, rule, run, asOf, ruleName }: PortScope): Promise<number> {
  const behind = new Set([rule.id]);
  for (const link of listStageRules(board, rule.stageId))
    if (link.waitsFor.some((id) => behind.has(id))) behind.add(link.rule.id);
  behind.delete(rule.id);
  const { numAffectedRows = 0n } = await sql`
    update runs set state = 'cancelled', waiting_for = null, ended_at = ${asOf}, ${setReason(because('waited-in-vain', { rule: ruleName }))}
    where workspace_id = ${workspaceOf(tx)} and visit_id = ${run.visitId} and state = 'waiting' and attempts = 0
      and rule_id = any(${arrays.texts([...behind])}::text[])`.execute(tx);
  return Number(numAffectedRows);
}
