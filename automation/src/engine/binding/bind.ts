import { inOneGo, type Pieces } from '../../kit/pieces.ts';
import { moved, type Problem } from '../../kit/settings/problems.ts';
import { ruleByKey } from '../../rules/index.ts';
import type { Board, BoundRule, BoundTrigger, Stage } from '../board.ts';
import { type AutomationFile, parseAutomationFile, type RuleEntry } from '../file.ts';
import { bindRule } from './bind-rule.ts';
import type { BindScope, BoardSource, Bound, Places } from './bind-scope.ts';
import { bindTrigger } from './bind-trigger.ts';

/**
 * Parses a board once, for everything that is asked of it later. What can't be bound is left out and told with its path;
 * a board with problems must not be saved, but one saved before keeps working for the rest (semantics.md 8.1).
 */
export function bindBoard(source: BoardSource): BoundBoard {
  return inOneGo(bindBoardInPieces(source));
}

export interface BoundBoard {
  readonly board: Board;
  readonly problems: readonly Problem[];
}

/** The same, an entry a piece: a thousand triggers and two thousand rules take a tenth of a second. */
export function* bindBoardInPieces(source: BoardSource): Pieces<BoundBoard> {
  const { file, problems } = parseAutomationFile(source.file);
  yield;
  const scope = scopeOf(source, file);
  const triggers = yield* bindAll(file?.triggers ?? [], 'triggers', (entry, at) => bindTrigger(entry, at, scope));
  const rules = yield* bindAll(file?.rules ?? [], 'rules', (entry, at) => bindRule(entry, at, scope));
  return {
    board: boardOf({ source, file, triggers: succeeded(triggers), rules: succeeded(rules) }),
    problems: [...problems, ...failed(triggers), ...failed(rules)],
  };
}

function scopeOf(source: BoardSource, file: AutomationFile | null): BindScope {
  const rules = file?.rules ?? [];
  const stages = inOrder(source.stages).map((stage, order) => [stage.code, { stage, order }] as const);
  const results: Record<string, Record<string, readonly string[]>> = {};
  for (const rule of rules) {
    if (rule.id === undefined) continue;
    results[rule.stage] ??= {};
    Object.assign(results[rule.stage] ?? {}, { [rule.id]: ruleByKey(rule.do)?.gives(rule.settings) ?? [] });
  }
  const {
    fields,
    clientFields,
    tiedFields,
    isPerson,
    pipelines,
    pipelinesOf,
    clientFieldsOf,
    lenient,
    language,
    pipelineId,
  } = source;
  const known = new Map(stages);
  return {
    ...{ fields, clientFields, tiedFields, isPerson, pipelines, pipelinesOf, clientFieldsOf, lenient, language },
    ...{ type: file?.type ?? '', pipelineId },
    stageCodes: stages.map(([code]) => code),
    stages: known,
    gone: goneStages(rules, known, source),
    results,
    ...(lenient === true ? {} : { budget: { patternParts: MOST_PATTERN_PARTS, names: MOST_NAMES } }),
  };
}

/** Of all conditions of a board: looking through a text takes as long as they are large together. */
const MOST_PATTERN_PARTS = 5_000;
/** Names and tags of all its texts. */
const MOST_NAMES = 4_000;

function goneStages(rules: readonly RuleEntry[], known: Places, { lenient = false }: BoardSource): Places {
  const codes = lenient ? new Set(rules.map(({ stage }) => stage).filter((code) => !known.has(code))) : [];
  return new Map(
    [...codes].map((code, index) => {
      const stage: Stage = { id: -1 - index, code, name: code, kind: 'open', position: known.size + index };
      return [code, { stage, order: stage.position }];
    }),
  );
}

function inOrder(stages: readonly Stage[]): readonly Stage[] {
  return [...stages].sort((a, b) => a.position - b.position);
}

function* bindAll<E, T>(
  entries: readonly E[],
  list: string,
  bind: (entry: E, position: number) => Bound<T>,
): Pieces<readonly Bound<T>[]> {
  const all: Bound<T>[] = [];
  for (const [index, entry] of entries.entries()) {
    const bound = bind(entry, index);
    all.push(bound.ok ? bound : { ok: false, problems: moved(bound.problems, [list, index]) });
    yield;
  }
  return all;
}

function succeeded<T>(all: readonly Bound<T>[]): readonly T[] {
  return all.flatMap((one) => (one.ok ? [one.bound] : []));
}

function failed<T>(all: readonly Bound<T>[]): readonly Problem[] {
  return all.flatMap((one) => (one.ok ? [] : one.problems));
}

interface Parts {
  readonly source: BoardSource;
  readonly file: AutomationFile | null;
  readonly triggers: readonly BoundTrigger[];
  readonly rules: readonly BoundRule[];
}

function boardOf({ source, file, triggers, rules }: Parts): Board {
  const stages = inOrder(source.stages);
  const stageOrder = new Map(stages.map((stage, order) => [stage.id, order]));
  const order = (a: { stageId: number; position: number }, b: { stageId: number; position: number }) =>
    (stageOrder.get(a.stageId) ?? 0) - (stageOrder.get(b.stageId) ?? 0) || a.position - b.position;
  const judged = [...triggers].sort(order);
  return {
    version: source.version,
    type: file?.type ?? '',
    pipelineId: source.pipelineId,
    stages,
    fields: source.fields,
    triggers: judged,
    rules: [...rules].sort(order),
    triggersByKind: byKind(judged),
    stageOrder,
  };
}

function byKind(triggers: readonly BoundTrigger[]): ReadonlyMap<string, readonly BoundTrigger[]> {
  const kinds = new Map<string, BoundTrigger[]>();
  for (const trigger of triggers) {
    if (!trigger.enabled) continue;
    for (const kind of trigger.definition.on) {
      const known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, [trigger]);
      else known.push(trigger);
    }
  }
  return kinds;
}
