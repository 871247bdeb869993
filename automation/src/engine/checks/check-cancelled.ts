import type { Duration } from '../../kit/values/durations.ts';
import type { Board, BoundRule } from '../board.ts';
import { RUN_BEGINS_NEW_CHAIN_AFTER_MS } from '../chain.ts';
import { sendsAway } from '../foretelling/sends-away.ts';
import { chainsOf } from '../rule-chains.ts';
import type { Finding } from './finding.ts';

/** Rules that a rule of their own stage always sends the item away from, before they can run (semantics.md 5.1). */
export function cancelledBefore({ stages, rules }: Board): readonly Finding[] {
  return stages.flatMap(({ id }) =>
    onStage(
      rules.filter((rule) => rule.stageId === id),
      stages,
    ),
  );
}

function onStage(rules: readonly BoundRule[], stages: Board['stages']): readonly Finding[] {
  const delays = delaysOf(rules);
  const leavers = rules.filter((rule) => delays.has(rule) && alwaysLeaves(rule, stages));
  return rules.flatMap((rule): Finding[] => {
    const leaver = leavers.find((other) => other !== rule && comesFirst(other, rule, delays));
    if (leaver === undefined || rule.onLeave === 'keep') return [];
    const { code, message } = said(rule, leaver, delays);
    return [
      {
        ...{ severity: 'warning', code, path: ['rules', rule.position], message },
        params: { other: leaver.name },
        ids: [rule.id, leaver.id],
      },
    ];
  });
}

/** An item that has just come from the stage to which it would be sent is not sent there: the chain would go round (semantics.md 7). */
function said(rule: BoundRule, leaver: BoundRule, delays: ReadonlyMap<BoundRule, number>) {
  const sent = `"${leaver.name}" sends the item to another stage first`;
  if ((delays.get(leaver) ?? 0) * 1_000 >= RUN_BEGINS_NEW_CHAIN_AFTER_MS)
    return { code: 'cancelled-before', message: `"${rule.name}" never runs: ${sent}` };
  return {
    code: 'cancelled-mostly',
    message: `"${rule.name}" runs only for items that have just come from that stage: ${sent}`,
  };
}

function alwaysLeaves(rule: BoundRule, stages: Board['stages']): boolean {
  return sendsAway(rule, stages) && rule.condition === null && rule.hours.length === 0;
}

/** Sooner; or at the same moment and above, for what sends the item away cancels what stands below. */
function comesFirst(leaver: BoundRule, rule: BoundRule, delays: ReadonlyMap<BoundRule, number>): boolean {
  const [first, second] = [delays.get(leaver), delays.get(rule)];
  if (first === undefined || second === undefined) return false;
  return first < second || (first === second && leaver.position < rule.position);
}

/** Seconds from entry, of the enabled rules that need nothing but time; the others may come whenever. */
function delaysOf(rules: readonly BoundRule[]): ReadonlyMap<BoundRule, number> {
  const delays = new Map<BoundRule, number>();
  for (const chain of chainsOf(rules)) {
    let from: number | undefined = 0;
    for (const { rule } of chain) {
      const own = secondsOf(rule);
      from = from === undefined || own === undefined ? undefined : from + own;
      if (from !== undefined) delays.set(rule, from);
    }
  }
  return delays;
}

function secondsOf({ time, usesResultsOf }: BoundRule): number | undefined {
  if (usesResultsOf.length > 0) return undefined;
  if (time.is === 'immediately') return 0;
  return time.is === 'after' && time.field === null ? inSeconds(time.duration) : undefined;
}

const seconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const inSeconds = ({ count, unit }: Duration) => count * seconds[unit];
