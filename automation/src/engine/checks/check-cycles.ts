import { changesOf } from '../../kit/conditions/changes.ts';
import type { Cause } from '../../kit/definitions/define-rule.ts';
import type { SignalFacts } from '../../kit/facts.ts';
import { isRecord } from '../../kit/values/values.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import { stageCaused } from '../foretelling/sends-away.ts';

export interface Cycle {
  /** Stage codes; the first is the last. */
  readonly stages: readonly string[];
  /** The rules and triggers on the way. */
  readonly ids: readonly string[];
}

interface Edge {
  readonly to: string;
  readonly ids: readonly string[];
}

/** Ways on which rules move an item round in a circle, directly or through the triggers they set off (semantics.md 7). */
export function findCycles(board: Board): readonly Cycle[] {
  const looks = { left: MOST_LOOKS };
  const edges = new Map(board.stages.map((stage) => [stage.code, edgesFrom(stage.code, board, looks)]));
  const found = new Map<string, Cycle>();
  for (const { code } of board.stages) {
    const cycle = walk(code, edges);
    const key = [...new Set(cycle?.stages)].sort().join('\n');
    if (cycle !== null && !found.has(key)) found.set(key, cycle);
  }
  return [...found.values()];
}

/** Rules and triggers that are held against each other: who has more sees the circles of the first. */
const MOST_LOOKS = 50_000;

function edgesFrom(stage: string, board: Board, looks: { left: number }): readonly Edge[] {
  return board.rules
    .filter((rule) => rule.enabled && rule.stage === stage)
    .flatMap((rule) =>
      rule.definition.causes(rule.settings).flatMap((cause) => edgesOf(rule, cause, { board, looks })),
    );
}

type CausedSignal = Extract<Cause, { readonly kind: unknown }>;

interface Looking {
  readonly board: Board;
  readonly looks: { left: number };
}

function edgesOf(rule: BoundRule, cause: Cause, { board, looks }: Looking): readonly Edge[] {
  const { triggersByKind, stages } = board;
  const to = stageCaused(cause, rule, stages);
  if (to !== null) return to === rule.stage ? [] : [{ to, ids: [rule.id] }];
  if (!('kind' in cause)) return [];
  const from = stages.findIndex(({ code }) => code === rule.stage);
  const hearing = triggersByKind.get(cause.kind) ?? [];
  return hearing
    .slice(0, Math.max(0, looks.left))
    .filter((trigger) => {
      looks.left -= 1;
      return couldMove(trigger, cause, from);
    })
    .map((trigger) => ({ to: trigger.stage, ids: [rule.id, trigger.id] }));
}

function couldMove(trigger: BoundTrigger, cause: CausedSignal, from: number): boolean {
  if (!trigger.enabled || !trigger.definition.on.includes(cause.kind) || trigger.stageOrder === from) return false;
  if (trigger.stageOrder < from && !trigger.allowBack) return false;
  return mayHear(trigger, cause);
}

// From and to are not known beforehand: a changed field is enough. Other kinds are asked as if the signal were there.
function mayHear({ listener, settings }: BoundTrigger, { kind, payload }: CausedSignal): boolean {
  const changes = Array.isArray(payload.changes) ? payload.changes.filter(isChange) : [];
  if (kind === 'item.changed')
    return changesOf(changes, Array.isArray(settings.fields) ? settings.fields : ['responsible']).length > 0;
  const signal: SignalFacts = { id: 0, kind, occurredAt: 0, payload, chain: null, person: null };
  return listener.matches({ signal, item: nobody, workspace: nowhere }) === true;
}

const nowhere = { timeZone: 'UTC', currency: 'EUR', rates: {}, language: 'en', calendar: null } as const;
const nobody = {
  id: 0,
  type: '',
  pipelineId: 0,
  stageId: 0,
  values: {},
  fields: [],
  client: null,
  contact: null,
  company: null,
  responsible: null,
  creator: null,
  tied: {},
};

function isChange(value: unknown): value is { readonly field: string } {
  return isRecord(value) && typeof value.field === 'string';
}

interface Way {
  readonly path: readonly string[];
  readonly ids: readonly string[];
}

/** The first way back to where it began, depth first; no stage is tried twice. */
function walk(start: string, edges: ReadonlyMap<string, readonly Edge[]>): Cycle | null {
  const tried = new Set<string>();
  const ways: Way[] = [{ path: [start], ids: [] }];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const at = way.path.at(-1) ?? start;
    if (tried.has(at)) continue;
    tried.add(at);
    for (const edge of edges.get(at) ?? []) {
      const further = { path: [...way.path, edge.to], ids: [...way.ids, ...edge.ids] };
      if (edge.to === start) return { stages: further.path, ids: further.ids };
      ways.push(further);
    }
  }
  return null;
}
