import type { ItemFacts, SignalFacts, WorkspaceFacts } from '../kit/facts.ts';
import type { Instant } from '../kit/values/values.ts';
import type { Board, BoundTrigger } from './board.ts';
import { extendChain } from './chain.ts';
import { compact } from './compact.ts';
import type { Decision, TriggerMove, Verdict, VerdictCode } from './verdict.ts';

export type { Decision, TriggerMove, Verdict, VerdictCode } from './verdict.ts';

export interface Question {
  readonly signal: SignalFacts;
  readonly item: ItemFacts;
  readonly board: Board;
  readonly workspace: WorkspaceFacts;
  readonly now: Instant;
}

/** What one signal does to one item, and why: pure and synchronous (semantics.md 3). */
export function decide(question: Question): Decision {
  const { signal, item, board } = question;
  const candidates = item.pipelineId === board.pipelineId ? (board.triggersByKind.get(signal.kind) ?? none) : none;
  const verdicts: Verdict[] = [];
  let move: TriggerMove | null = null;
  for (const trigger of candidates) {
    const judged: Judged = move === null ? judge(trigger, question) : outrun;
    verdicts.push(verdictOf(trigger, judged));
    if (judged.chain !== undefined) move = { trigger: trigger.id, stageId: trigger.stageId, chain: judged.chain };
  }
  return { verdicts, move };
}

type Judged = {
  readonly verdict: VerdictCode;
  readonly detail: Verdict['detail'];
  readonly chain?: TriggerMove['chain'];
};

const none: readonly BoundTrigger[] = [];
const outrun: Judged = { verdict: 'outrun', detail: null };

/** The first verdict that applies, in the order of semantics.md 3.2. */
function judge(trigger: BoundTrigger, { signal, item, board, workspace }: Question): Judged {
  if (trigger.stageId === item.stageId) return { verdict: 'already-here', detail: null };

  const current = board.stageOrder.get(item.stageId) ?? -1;
  if (trigger.stageOrder < current && !trigger.allowBack)
    return { verdict: 'would-move-back', detail: { from: item.stageId, to: trigger.stageId } };

  const match = trigger.listener.matches({ signal, item, workspace });
  if (match !== true) return { verdict: 'settings', detail: compact(match) };

  const machine = machineDetail(trigger, signal);
  if (machine !== null) return { verdict: 'not-a-person', detail: machine };

  const condition = trigger.condition?.({ item, signal, workspace, at: signal.occurredAt });
  if (condition !== undefined && !condition.holds)
    return { verdict: 'condition', detail: compact({ ...condition.because }) };

  const link = extendChain(signal.chain, { item: item.id, from: item.stageId, to: trigger.stageId });
  if ('loop' in link) return { verdict: 'loop', detail: { chain: link.loop } };
  return { verdict: 'moves', detail: null, chain: link.chain };
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

function verdictOf(trigger: BoundTrigger, { verdict, detail }: Judged): Verdict {
  return { trigger: trigger.id, key: trigger.key, name: trigger.name, stage: trigger.stage, verdict, detail };
}
