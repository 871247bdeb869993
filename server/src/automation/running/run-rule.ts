import { isDeepStrictEqual } from 'node:util';
import type { BoundRule } from '@signalbox/automation/engine/board.ts';
import { chainAfterWaiting } from '@signalbox/automation/engine/chain.ts';
import type { Deed } from '@signalbox/automation/kit/definitions/deeds.ts';
import { Held, type RunInfo } from '@signalbox/automation/kit/definitions/define-rule.ts';
import type { Chain } from '@signalbox/automation/kit/facts.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because, type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { UserError } from '../../platform/errors.ts';
import { Looped } from '../moves/looped.ts';
import { isHeld, type Run } from '../visits/runs.store.ts';
import { refreshVisitWork, resultsOf, type VisitWork } from '../visits/visit-work.ts';
import { addEffects, type Effects, noEffects, writeEffects } from './effects.ts';
import { countedFrom } from './run-question.ts';
import { endRun, momentOfRun, type RunTogether, saveChanged, setRun } from './run-together.ts';

/** A rule of a shared transaction failed after it had written something: the visits are run again one by one. */
export class NotTogether extends Error {
  override readonly name = 'NotTogether';
}

interface Chosen {
  readonly run: Run;
  readonly rule: BoundRule;
}

/** First the time, which has come, then the condition at this moment, then the effects (semantics.md 5.5). */
export async function carryOut(together: RunTogether, work: VisitWork, { run, rule }: Chosen): Promise<void> {
  const { now } = together;
  await together.breathe();
  const refused = isHeld(run)
    ? undefined
    : rule.condition?.({
        item: work.item,
        signal: work.signal,
        results: resultsOf(work),
        workspace: work.reference.workspace,
        at: momentOfRun(run, now).getTime(),
      });
  if (refused !== undefined && !refused.holds) {
    return setRun(together, work, {
      ...endRun(run, { state: 'skipped', reason: null, now }),
      result: { because: refused.because },
    });
  }

  const startedAt = isHeld(run) ? run.startedAt : now;
  const begun: Run = { ...run, state: 'running', waitingFor: null, startedAt, attempts: run.attempts + 1 };
  setRun(together, work, begun);
  const outcome = await attempt(together, work, { run: begun, rule, goesOn: isHeld(run) });
  if (outcome.reason !== null) tellTimeline(together, work, { run, rule, reason: outcome.reason });
  const stored = work.runs.find((other) => other.id === run.id) ?? begun;
  const current = outcome.did.length === 0 ? stored : { ...stored, did: [...(stored.did ?? []), ...outcome.did] };
  if (outcome.state === 'held') return setRun(together, work, waitFor(current, outcome));
  setRun(together, work, {
    ...endRun(current, { state: outcome.state, reason: outcome.reason, now }),
    result: outcome.result,
  });
}

/** It waits for an event now: leaving the stage cancels it by its own policy (semantics.md 5.9). */
function waitFor(run: Run, { held: { waitingFor, result, dueAt } }: Waits): Run {
  return { ...run, state: 'waiting', waitingFor, dueAt: dueAt === null ? null : new Date(dueAt), entry: false, result };
}

interface Failed extends Chosen {
  readonly reason: Reason;
}

/** "Rule failures with what to do" (surroundings.md, Timeline). */
function tellTimeline({ effects, now }: RunTogether, { item }: VisitWork, { run, rule, reason }: Failed): void {
  const text = `The automation rule "${rule.name}" failed: ${reasonText(reason)}`;
  const data = { rule: rule.name, key: rule.key, run: run.id, error: reasonText(reason), reason };
  effects.timeline.push({ itemId: item.id, kind: 'rule-failed', at: now, authorId: null, text, data });
}

interface Ended {
  readonly state: 'done' | 'failed';
  readonly reason: Reason | null;
  readonly result: Run['result'];
  readonly did: readonly Deed[];
}

interface Waits {
  readonly state: 'held';
  readonly reason: null;
  readonly held: Held;
  readonly did: readonly Deed[];
}

type Outcome = Ended | Waits;

interface Trying extends Chosen {
  /** It was held, and is woken. */
  readonly goesOn: boolean;
}

async function attempt(together: RunTogether, work: VisitWork, chosen: Trying): Promise<Outcome> {
  const { tx, effects, alone } = together;
  const own = noEffects();
  const wrote = { directly: false };
  const did: Deed[] = [];
  if (alone) await sql`savepoint rule`.execute(tx);
  const before = { item: work.item, runs: work.runs };
  const changed = [...together.changed];
  try {
    const result = await runRule({ together, work, chosen, own, wrote, did });
    if (alone) await writeEffects(tx, own);
    if (alone) await sql`release savepoint rule`.execute(tx);
    addEffects(effects, own);
    if (result instanceof Held) return { state: 'held', reason: null, held: result, did };
    return { state: 'done', reason: null, result: isDeepStrictEqual(result, {}) ? null : result, did };
  } catch (error) {
    if (isWorthStartingOver(error)) throw error;
    if (!alone && (wrote.directly || !(error instanceof Impossible)))
      throw new NotTogether('run the visits one by one', { cause: error });
    if (alone) await sql`rollback to savepoint rule`.execute(tx);
    Object.assign(work, before);
    for (const id of changed) together.changed.add(id);
    const failed = failure(together, chosen, error);
    // What it waited for may be tried again, and is known by that.
    return chosen.goesOn ? { ...failed, result: chosen.run.result } : failed;
  }
}

interface Attempt {
  readonly together: RunTogether;
  readonly work: VisitWork;
  readonly chosen: Trying;
  readonly own: Effects;
  readonly wrote: { directly: boolean };
  readonly did: Deed[];
}

function runRule(attempted: Attempt): Promise<Readonly<Record<string, unknown>> | Held> {
  const { together, work, chosen } = attempted;
  const { tx, workspaceId, now } = together;
  const results = resultsOf(work);
  const ports = together.makePorts({
    tx,
    workspaceId,
    now,
    results,
    run: chosen.run,
    rule: chosen.rule,
    ruleName: chosen.rule.name,
    board: work.board,
    item: () => work.item,
    reference: work.reference,
    signal: work.signal,
    chain: chainOf(work, chosen.run, now),
    asOf: momentOfRun(chosen.run, now),
    effects: attempted.own,
    did: (deed) => noteDeed(attempted, deed),
    write: (write) => directly(attempted, write),
    command: (command) => inStep(attempted, command),
  });
  const { definition, settings } = chosen.rule;
  const running = {
    ports,
    facts: { item: work.item, workspace: work.reference.workspace, signal: work.signal, results },
    run: infoOf(attempted),
  };
  return chosen.goesOn
    ? definition.resume(chosen.run.result ?? {}, { ...running, settings, asked: chosen.run.askedBy !== null })
    : definition.run(settings, running);
}

function infoOf({ together: { now }, work, chosen: { run, rule } }: Attempt): RunInfo {
  const { ruleId, visitId, askedBy } = run;
  return {
    ...{ ruleId, visitId, now: now.getTime(), at: momentOfRun(run, now).getTime(), asked: askedBy !== null },
    ...{ since: countedFrom(work, run, now), hours: rule.hours },
  };
}

function noteDeed({ chosen: { rule }, did }: Attempt, deed: Deed): void {
  const { key, leaves } = rule.definition;
  if (!leaves.includes(deed.kind))
    throw new Error(`${key} leaves a ${deed.kind}, of which its definition says nothing`);
  did.push(deed);
}

function directly<T>({ wrote }: Attempt, write: () => Promise<T>): Promise<T> {
  wrote.directly = true;
  return write();
}

// Such a command reads and writes runs itself (it may cancel or move them), so it must see ours, and we its.
async function inStep<T>({ together, work, wrote }: Attempt, command: () => Promise<T>): Promise<T> {
  wrote.directly = true;
  await saveChanged(together, [work]);
  const result = await command();
  together.undecided.earliest = null;
  await refreshVisitWork(together.tx, work);
  return result;
}

/** A run asked for by a person, or one that has waited for an hour, begins a new chain (semantics.md 7). */
function chainOf({ visit }: VisitWork, run: Run, now: Date): Chain | null {
  const waitedMs = (run.dueAt ?? now).getTime() - visit.enteredAt.getTime();
  return run.askedBy === null ? chainAfterWaiting(visit.chain, waitedMs) : null;
}

function failure({ context, workspaceId }: RunTogether, { run, rule }: Chosen, error: unknown): Ended {
  if (error instanceof Looped) return { ...failed, reason: error.reason, result: { chain: error.chain } };
  if (error instanceof Impossible) return { ...failed, reason: error.reason };
  if (error instanceof UserError) return { ...failed, reason: reasonOf(error) };

  context.log.error({ err: error, workspaceId, run: run.id, rule: rule.key }, 'a rule failed unexpectedly');
  const message = error instanceof Error ? error.message : String(error);
  return { ...failed, reason: because('unexpected', { message }) };
}

const failed = { state: 'failed', result: null, did: [] } as const;

// What a command refuses to people it refuses to rules in the same words.
function reasonOf({ code, message, errors: [first] }: UserError): Reason {
  if (code === 'quota') return because('quota-used-up');
  return first?.code === 'no-mailbox' ? because('no-mailbox-yet') : because('refused', { message });
}

const startOver = new Set(['40P01', '40001']);

// Deadlocks and serialization failures end the whole transaction, never a savepoint alone (semantics.md 4).
function isWorthStartingOver(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && startOver.has(error.code);
}
