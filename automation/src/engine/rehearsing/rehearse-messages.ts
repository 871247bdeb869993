import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../../kit/facts.ts';
import { wallText } from '../../kit/values/time.ts';
import type { Instant } from '../../kit/values/values.ts';
import type { Board, BoundRule } from '../board.ts';
import { planRun } from '../schedule.ts';
import { type Beginning, firstOf, heldBackBy, trackWaits } from './rehearse-waits.ts';

/** Of one client on one day of the workspace's time zone. */
export interface Message {
  readonly client: { readonly kind: 'contact' | 'company'; readonly id: number; readonly name: string };
  /** `2026-11-21` */
  readonly day: string;
  readonly count: number;
  readonly items: readonly number[];
  readonly rules: readonly string[];
}
export type Messages = readonly Message[];

interface Planned {
  readonly rule: BoundRule;
  readonly item: ItemFacts;
  readonly at: Instant;
}

/** The rules that entries into stages would begin, and the messages to clients among them. */
export function trackMessages(board: Board, workspace: WorkspaceFacts) {
  const begun = new Map<string, number>();
  const sent = new Map<string, Message>();
  const rulesOf = byStage(board);
  let waiting: Planned[] = [];

  const begin = ({ rule, item, signal, at }: Beginning) => {
    const due = dueAt(rule, { item, signal, workspace, at });
    const behind = heldBackBy(rule, rulesOf.get(rule.stageId) ?? []);
    // A rule that is left out holds nothing back (semantics.md 5.2).
    if (due === 'skipped') for (const next of firstOf(behind)) begin({ rule: next, item, signal, at });
    if (typeof due !== 'number') return;
    begun.set(rule.id, (begun.get(rule.id) ?? 0) + 1);
    if (rule.definition.writesToClients) waiting.push({ rule, item, at: due });
    if (behind.length > 0) waits.hold({ rule, item, signal, at: due }, behind);
  };
  const waits = trackWaits({ workspace, begin });
  const leave = (at: Instant) => {
    waits.leave(at);
    for (const planned of waiting) if (goes(planned, at)) count(sent, planned, workspace.timeZone);
    waiting = [];
  };
  return {
    enter(item: ItemFacts, signal: SignalFacts | null, at: Instant): void {
      leave(at);
      if (item.pipelineId !== board.pipelineId) return;
      for (const rule of firstOf(rulesOf.get(item.stageId) ?? [])) begin({ rule, item, signal, at });
      waits.release(at, item);
    },
    /** The item as it was then: what waits for a condition looks at it. */
    see: (item: ItemFacts, at: Instant) => waits.release(at, item),
    /** Nothing more is known of this item. */
    end(): void {
      leave(Number.POSITIVE_INFINITY);
      waits.forget();
    },
    rules: (): Readonly<Record<string, number>> => Object.fromEntries(begun),
    doubles: (): Messages => [...sent.values()].filter(({ count: times }) => times > 1),
  };
}

function byStage({ rules }: Board): ReadonlyMap<number, readonly BoundRule[]> {
  const found = new Map<number, BoundRule[]>();
  for (const rule of rules) if (rule.enabled) found.set(rule.stageId, [...(found.get(rule.stageId) ?? []), rule]);
  return found;
}

interface Entry {
  readonly item: ItemFacts;
  readonly signal: SignalFacts | null;
  readonly workspace: WorkspaceFacts;
  readonly at: Instant;
}

/** Null: nobody can say when. A condition is judged at a later moment only then (semantics.md 5.5). */
function dueAt(rule: BoundRule, { item, signal, workspace, at }: Entry): Instant | 'skipped' | null {
  const plan = planRun({ rule, enteredAt: at, previousEndedAt: at, item, workspace, results: {}, now: at });
  if (plan.state === 'skip') return 'skipped';
  if (plan.state === 'waiting') return plan.dueAt;
  return (rule.condition?.({ item, signal, workspace, results: {}, at }).holds ?? true) ? at : 'skipped';
}

/** What waits when the item leaves is cancelled, unless the rule is to be kept (semantics.md 5.1). */
function goes({ rule, at }: Planned, left: Instant): boolean {
  return at <= left || rule.onLeave === 'keep';
}

function count(sent: Map<string, Message>, { rule, item, at }: Planned, timeZone: string): void {
  if (item.client === null) return;
  const { kind, id, name } = item.client;
  const day = wallText(at, timeZone).slice(0, 10);
  const key = `${kind} ${id} ${day}`;
  const before = sent.get(key);
  sent.set(key, {
    client: { kind, id, name },
    day,
    count: (before?.count ?? 0) + 1,
    items: [...new Set([...(before?.items ?? []), item.id])],
    rules: [...new Set([...(before?.rules ?? []), rule.id])],
  });
}
