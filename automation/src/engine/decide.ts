import type { ConditionFacts } from '../kit/conditions/condition.ts';
import { partsOf } from '../kit/conditions/conditions.ts';
import { ratesUsed } from '../kit/conditions/rates-used.ts';
import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../kit/facts.ts';
import { type Instant, isRecord } from '../kit/values/values.ts';
import type { Board, BoundTrigger } from './board.ts';
import { extendChain } from './chain.ts';
import { compact } from './compact.ts';
import { type Door, type Hearer, type HearerGroup, type Hearers, hearersOf } from './hearers.ts';
import type { Decision, TriggerMove, Verdict } from './verdict.ts';
import { addSpan, detailOf, type Said, takeOwn, type VerdictSpan } from './verdict-spans.ts';

export type { Decision, TriggerMove, Verdict, VerdictCode } from './verdict.ts';

export interface Question {
  readonly signal: SignalFacts;
  readonly item: ItemFacts;
  readonly board: Board;
  readonly workspace: WorkspaceFacts;
  readonly now: Instant;
}

/** A decision with what repeats said once. */
export interface SpannedDecision {
  readonly hearers: Hearers;
  readonly spans: readonly VerdictSpan[];
  readonly move: TriggerMove | null;
}

/** What one signal does to one item, and why: pure and synchronous (semantics.md 3). */
export function decide(question: Question): Decision {
  const { hearers, spans, move } = decideInSpans(question);
  return { verdicts: spans.flatMap((span) => spread(span, hearers)), move };
}

/** The same; costs what differs among the triggers, not their number. */
export function decideInSpans(question: Question): SpannedDecision {
  const { signal, item, board } = question;
  if (item.pipelineId !== board.pipelineId) return { hearers: nobody, spans: [], move: null };
  const hearers = hearersOf(board, signal.kind);
  const { workspace } = question;
  const facts = { item, signal, workspace, at: signal.occurredAt };
  const known = { matches: new Map(), conditions: new Map() };
  const judging: Judging = { question, facts, hearers, spans: [], ...known, move: null };
  for (const group of hearers.groups) {
    if (judging.move !== null) break;
    judgeGroup(judging, group);
  }
  const behind = { from: (judging.spans.at(-1)?.to ?? -1) + 1, to: hearers.all.length - 1 };
  addSpan(judging.spans, behind, { verdict: 'outrun', detail: null, owned: null });
  return { hearers, spans: judging.spans, move: judging.move };
}

const nobody: Hearers = { all: [], groups: [] };

interface Judging {
  readonly question: Question;
  /** The same for all conditions: what they take is bounded together. */
  readonly facts: ConditionFacts;
  readonly hearers: Hearers;
  readonly spans: VerdictSpan[];
  /** By their numbers: what equal settings and equal conditions have said already; null: nothing against it. */
  readonly matches: Map<number, Said | null>;
  readonly conditions: Map<number, Said | null>;
  move: TriggerMove | null;
}

/** The first verdict that applies, in the order of semantics.md 3.2: first what applies to all of a group alike. */
function judgeGroup(judging: Judging, group: HearerGroup): void {
  const said = saidOfGroup(judging.question, group);
  const { door } = group;
  if (said !== null) addSpan(judging.spans, group, said);
  else if (door !== null && isRecord(judging.question.signal.payload)) passDoor(judging, group, door);
  else judgeEach(judging, placesIn(group));
}

function saidOfGroup({ item, board }: Question, { stageId, stageOrder, allowBack }: HearerGroup): Said | null {
  if (stageId === item.stageId) return { verdict: 'already-here', detail: null, owned: null };

  const current = board.stageOrder.get(item.stageId) ?? -1;
  if (stageOrder >= current || allowBack) return null;
  return { verdict: 'would-move-back', detail: { from: item.stageId, to: stageId }, owned: null };
}

function placesIn({ from, to }: HearerGroup): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Those that want something else are refused together; the others are judged. */
function passDoor(judging: Judging, group: HearerGroup, door: Door): void {
  const got = door.got(judging.question.signal.payload);
  const refused: Said = {
    verdict: 'settings',
    detail: compact({ setting: door.setting, got: got ?? null }),
    owned: 'wanted',
  };
  let next = group.from;
  for (const place of door.places.get(got) ?? []) {
    addSpan(judging.spans, { from: next, to: place - 1 }, refused);
    judgeEach(judging, [place]);
    if (judging.move !== null) return;
    next = place + 1;
  }
  addSpan(judging.spans, { from: next, to: group.to }, refused);
}

function judgeEach(judging: Judging, places: readonly number[]): void {
  for (const place of places) {
    const hearer = judging.hearers.all[place];
    if (hearer === undefined || judging.move !== null) return;
    addSpan(judging.spans, { from: place, to: place }, judge(judging, hearer));
  }
}

function judge(judging: Judging, hearer: Hearer): Said {
  const { signal, item, workspace } = judging.question;
  const { trigger, own } = hearer;
  const refused = recalled(judging.matches, hearer.settings, () => {
    const match = trigger.listener.matches({ signal, item, workspace });
    return match === true ? null : takeOwn({ verdict: 'settings', detail: compact(match) }, own);
  });
  if (refused !== null) return refused;

  const machine = machineDetail(trigger, signal);
  if (machine !== null) return { verdict: 'not-a-person', detail: machine, owned: null };

  const failed = recalled(judging.conditions, hearer.condition, () => failing(trigger, judging));
  if (failed !== null) return failed;

  const link = extendChain(signal.chain, { item: item.id, from: item.stageId, to: trigger.stageId });
  if ('loop' in link) return { verdict: 'loop', detail: { chain: link.loop }, owned: null };
  judging.move = { trigger: trigger.id, stageId: trigger.stageId, chain: link.chain };
  return { verdict: 'moves', detail: converting(trigger, judging.question), owned: null };
}

function recalled(known: Map<number, Said | null>, number: number, ask: () => Said | null): Said | null {
  const before = known.get(number);
  if (before !== undefined) return before;
  const said = ask();
  known.set(number, said);
  return said;
}

/** The part that decided is told by its place. */
function failing({ condition, when }: BoundTrigger, { question, facts }: Judging): Said | null {
  if (condition === null || when === null) return null;
  const { holds, because } = condition(facts);
  if (holds) return null;
  const rates = converting({ when }, question);
  if (because === null) return { verdict: 'condition', detail: { ...rates }, owned: null };
  const detail = compact({ ...because, ...rates, part: partsOf(when).indexOf(because.part) });
  return { verdict: 'condition', detail, owned: 'part' };
}

/** The rates at which amounts were compared: those of another day say something else (semantics.md 6). */
function converting(
  { when }: Pick<BoundTrigger, 'when'>,
  { item, signal, workspace }: Pick<Question, 'item' | 'signal' | 'workspace'>,
): Verdict['detail'] {
  const rates = when === null ? [] : ratesUsed(when, { item, signal, workspace, at: signal.occurredAt });
  return rates.length === 0 ? null : compact({ rates });
}

/** Employees never count, machines only when the trigger's setting says so (semantics.md 9). */
function machineDetail({ listener }: BoundTrigger, signal: SignalFacts): Verdict['detail'] {
  if (listener.countsMachines === null) return null;
  const said = saidByPayload(signal.payload);
  if (said.employee !== undefined && said.employee !== null) return { employee: said.employee };
  const machine = signal.person === null ? said.machine === true : !signal.person;
  return machine && !listener.countsMachines ? { machine: true } : null;
}

function saidByPayload(payload: unknown): { readonly employee?: unknown; readonly machine?: unknown } {
  return typeof payload === 'object' && payload !== null ? payload : {};
}

function spread(span: VerdictSpan, { all }: Hearers): Verdict[] {
  return all.slice(span.from, span.to + 1).map(({ trigger, own }) => {
    const { id, key, name, stage } = trigger;
    return { trigger: id, key, name, stage, verdict: span.verdict, detail: detailOf(span, own) };
  });
}
