import { beginAwaiting, dueOf } from '../../kit/definitions/awaiting.ts';
import type { Chain, ItemFacts, SignalFacts, WorkspaceFacts } from '../../kit/facts.ts';
import type { Instant } from '../../kit/values/values.ts';
import { because, type Reason } from '../../kit/words/reasons.ts';
import type { BoundRule, Stage } from '../board.ts';
import { chainAfterWaiting, extendChain } from '../chain.ts';
import { type ChainLink, chainsOf } from '../rule-chains.ts';
import { planRun } from '../schedule.ts';
import { sendsAway, stageCaused } from './sends-away.ts';

export interface Entry {
  /** As it is on the stage entered. */
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
  readonly signal: SignalFacts | null;
  readonly enteredAt: Instant;
  /** The move onto the stage included. */
  readonly chain: Chain | null;
  readonly stages: readonly Stage[];
}

/** What would become of a rule of a stage if nothing else happened to the item. */
export interface Foretold {
  readonly link: ChainLink;
  readonly state: 'due' | 'waiting' | 'skipped' | 'cancelled';
  /** Null: it is not known yet, as of an empty date and of what waits for that. */
  readonly dueAt: Instant | null;
  readonly reason: Reason | null;
  /** When it has ended, from which what follows it counts; null: nobody knows. */
  readonly endsAt: Instant | null;
}

/**
 * The rules of a stage in the order of their moments, then of the board, each planned by the planner of the runner (semantics.md 5.1-5.5):
 * links count from the moment of what they follow, and who sends the item away cancels what the runner would cancel. A condition at a
 * later moment is judged only then.
 */
export function foretell(rules: readonly BoundRule[], entry: Entry): readonly Foretold[] {
  const links = chainsOf(rules).flat();
  const known = new Map<string, Foretold>();
  let leftAt: Instant | null = null;
  for (;;) {
    const next = nextOf(links, known, entry);
    const stuck = next === undefined && leftAt !== null ? links.find((link) => isStuck(link, known)) : undefined;
    if (stuck !== undefined) known.set(stuck.rule.id, leftBehind(stuck, leftAt));
    if (next === undefined && stuck === undefined) break;
    if (next === undefined) continue;
    const { rule } = next.link;
    if (leftAt !== null && rule.onLeave !== 'keep' && (next.at > leftAt || isAfterLeftBehind(next.link, known))) {
      known.set(rule.id, leftBehind(next.link, leftAt));
      continue;
    }
    const told = carriedOut(next, entry);
    known.set(rule.id, told);
    if (told.state === 'skipped' || told.reason !== null || !sendsAway(rule, entry.stages) || isUncertain(next, entry))
      continue;
    leftAt ??= next.at;
    for (const below of links)
      if (below.rule.position > rule.position && below.rule.onLeave !== 'keep' && !known.has(below.rule.id))
        known.set(below.rule.id, {
          ...{ link: below, state: 'cancelled', dueAt: null, endsAt: next.at },
          reason: because('sent-elsewhere', { rule: rule.name }),
        });
  }
  return links.map(
    (link) => known.get(link.rule.id) ?? { link, state: 'waiting', dueAt: null, reason: null, endsAt: null },
  );
}

/** No moment is known of it or of what it follows, and nobody waits for that on a stage that the item has left. */
function isStuck({ rule }: ChainLink, known: ReadonlyMap<string, Foretold>): boolean {
  return !known.has(rule.id) && rule.onLeave !== 'keep';
}

/** What it follows was still to come when the item left: it waited for that, and waits no longer. */
function isAfterLeftBehind({ waitsFor }: ChainLink, known: ReadonlyMap<string, Foretold>): boolean {
  return waitsFor.some((id) => known.get(id)?.state === 'cancelled');
}

function leftBehind(link: ChainLink, leftAt: Instant | null): Foretold {
  return { link, state: 'cancelled', dueAt: null, endsAt: leftAt, reason: because('left-stage') };
}

interface Next {
  readonly link: ChainLink;
  readonly at: Instant;
  /** Its date is empty and it is set to be left out then. */
  readonly skip: Reason | null;
}

/** The next that knows its moment; undefined when nothing is left that does. */
function nextOf(links: readonly ChainLink[], known: ReadonlyMap<string, Foretold>, entry: Entry): Next | undefined {
  let first: Next | undefined;
  for (const link of links) {
    const next = known.has(link.rule.id) ? undefined : planned(link, known, entry);
    if (next !== undefined && (first === undefined || next.at < first.at)) first = next;
  }
  return first;
}

function planned(link: ChainLink, known: ReadonlyMap<string, Foretold>, entry: Entry): Next | undefined {
  const { item, workspace, enteredAt } = entry;
  const ends = link.waitsFor.map((id) => known.get(id)?.endsAt ?? undefined);
  if (ends.includes(undefined)) return undefined;
  const latest = Math.max(enteredAt, ...ends.filter((end) => end !== undefined));
  const previousEndedAt = link.previous === null ? enteredAt : (known.get(link.previous)?.endsAt ?? null);
  const plan = planRun({
    ...{ rule: link.rule, enteredAt, previousEndedAt, item, workspace, results: {} },
    now: enteredAt,
  });
  if (plan.state === 'skip') return { link, at: latest, skip: plan.reason };
  const moment = plan.state === 'due' ? plan.at : plan.dueAt;
  return moment === null ? undefined : { link, at: Math.max(moment, latest), skip: null };
}

function carriedOut({ link, at, skip }: Next, entry: Entry): Foretold {
  const { item, signal, workspace, enteredAt } = entry;
  const { rule } = link;
  if (skip !== null) return { link, state: 'skipped', dueAt: at > enteredAt ? at : null, reason: skip, endsAt: at };
  const holds = rule.definition.holds(rule.settings);
  const reason = loopOf(rule, at, entry);
  if (at > enteredAt) return { link, state: 'waiting', dueAt: at, reason, endsAt: holds ? null : at };
  const isToldNow = rule.condition !== null && link.rule.usesResultsOf.length === 0;
  if (isToldNow && rule.condition?.({ item, signal, workspace, results: {}, at }).holds === false)
    return { link, state: 'skipped', dueAt: null, reason: null, endsAt: at };
  return untilTrue(link, at, entry) ?? { link, state: 'due', dueAt: null, reason, endsAt: holds ? null : at };
}

/** A wait for a condition that begins at once: whether there is anything to be waited for, and until when. */
function untilTrue(link: ChainLink, at: Instant, { item, signal, workspace }: Entry): Foretold | null {
  const { definition, settings, hours, usesResultsOf } = link.rule;
  const awaited = definition.awaits(settings);
  if (awaited === null || usesResultsOf.length > 0) return null;
  const awaiting = beginAwaiting(awaited, { facts: { item, signal, workspace, results: {} }, at, hours });
  if (awaiting.metAt !== null) return { link, state: 'due', dueAt: null, reason: null, endsAt: at };
  return { link, state: 'waiting', dueAt: dueOf(awaiting), reason: null, endsAt: null };
}

/** Whether its condition is still to be judged. */
function isUncertain({ link: { rule }, at }: Next, { enteredAt }: Entry): boolean {
  return rule.condition !== null && (at > enteredAt || rule.usesResultsOf.length > 0);
}

/** The code of the other stage of the pipeline to which it sends the item; null: none. */
function stageMeant(rule: BoundRule, stages: Entry['stages']): string | null {
  const meant = rule.definition.causes(rule.settings).map((cause) => stageCaused(cause, rule, stages));
  return meant.find((code) => code !== null && code !== rule.stage) ?? null;
}

/** A move that the chain does not allow fails (semantics.md 7). */
function loopOf(rule: BoundRule, at: Instant, { item, chain, stages, enteredAt }: Entry): Reason | null {
  const to = stages.find(({ code }) => code === stageMeant(rule, stages));
  if (to === undefined) return null;
  const link = extendChain(chainAfterWaiting(chain, at - enteredAt), { item: item.id, from: item.stageId, to: to.id });
  if ('chain' in link) return null;
  const nameOf = (id: number) => stages.find((stage) => stage.id === id)?.name ?? '';
  const way = [link.loop.origin[item.id] ?? item.stageId, ...link.loop.entered.map(({ stage }) => stage), to.id];
  return because('loop', { stages: way.map(nameOf).join(' → ') });
}
