import { beginAwaiting, dueOf } from '../../kit/definitions/awaiting.ts';
import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../../kit/facts.ts';
import type { Instant } from '../../kit/values/values.ts';
import type { BoundRule } from '../board.ts';
import { chainsOf } from '../rule-chains.ts';

/** A rule that begins in a rehearsal. */
export interface Beginning {
  readonly rule: BoundRule;
  readonly item: ItemFacts;
  readonly signal: SignalFacts | null;
  readonly at: Instant;
}

interface HeldBack extends Beginning {
  /** The rules that it holds back. */
  readonly behind: readonly BoundRule[];
  /** Its moment; of a wait for a condition the deadline. */
  readonly until: Instant;
}

interface Waiting {
  readonly workspace: WorkspaceFacts;
  /** What has been held back goes on. */
  begin(beginning: Beginning): void;
}

/** The waits of a rehearsed item (`flow/wait`): they end by what is recorded of it, or at their moment. */
export function trackWaits({ workspace, begin }: Waiting) {
  let held: readonly HeldBack[] = [];
  const release = (at: Instant, seen: ItemFacts | null) => {
    for (
      let next = endOf(held, { at, seen, workspace });
      next !== undefined;
      next = endOf(held, { at, seen, workspace })
    ) {
      const { wait, end, stops } = next;
      held = held.filter((one) => one !== wait);
      if (!stops)
        for (const rule of firstOf(wait.behind)) begin({ rule, item: seen ?? wait.item, signal: wait.signal, at: end });
    }
  };
  return {
    /** A rule of the stage has begun, or was left out; `at` is when. */
    hold(beginning: Beginning, behind: readonly BoundRule[]): void {
      const { rule, item, signal, at } = beginning;
      const awaited = rule.definition.awaits(rule.settings);
      const facts = { item, signal, workspace, results: {} };
      const until = awaited === null ? at : dueOf(beginAwaiting(awaited, { facts, at, hours: rule.hours }));
      held = [...held, { ...beginning, behind, until }];
    },
    /** Up to this moment; with the item as it was then, if it was seen. */
    release,
    leave(at: Instant): void {
      release(at, null);
      held = held.filter(({ rule }) => rule.onLeave === 'keep');
    },
    forget(): void {
      held = [];
    },
  };
}

/** The rules that wait for this one, if it is a wait, and those that wait for them. */
export function heldBackBy(rule: BoundRule, ofStage: readonly BoundRule[]): readonly BoundRule[] {
  if (rule.key !== 'flow/wait') return [];
  const behind = new Set([rule.id]);
  const links = chainsOf(ofStage).flat();
  for (const link of links) if (link.waitsFor.some((id) => behind.has(id))) behind.add(link.rule.id);
  return links.flatMap((link) => (link.rule !== rule && behind.has(link.rule.id) ? [link.rule] : []));
}

/** Those of them that no other wait among them holds back. */
export function firstOf(rules: readonly BoundRule[]): readonly BoundRule[] {
  const later = new Set(rules.flatMap((rule) => heldBackBy(rule, rules)));
  return rules.filter((rule) => !later.has(rule));
}

interface Looking {
  readonly at: Instant;
  readonly seen: ItemFacts | null;
  readonly workspace: WorkspaceFacts;
}

/** A wait that has ended by then. */
function endOf(held: readonly HeldBack[], { at, seen, workspace }: Looking) {
  for (const wait of held) {
    const { rule, signal, until } = wait;
    const awaited = rule.definition.awaits(rule.settings);
    if (until <= at) return { wait, end: until, stops: awaited !== null && isInVain(wait) };
    if (awaited === null || seen === null || at < wait.at) continue;
    const facts = { item: seen, signal, workspace, results: {} };
    if (awaited.asks(facts, at).holds) return { wait, end: at, stops: false };
  }
  return undefined;
}

/** Until its deadline; one that was true when it began has ended then. */
function isInVain({ rule, at, until }: HeldBack): boolean {
  return until > at && rule.settings.atDeadline === 'stop';
}
