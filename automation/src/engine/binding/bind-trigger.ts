import { parseCondition } from '../../kit/conditions/condition-parse.ts';
import { compileCondition } from '../../kit/conditions/conditions.ts';
import { moved } from '../../kit/settings/problems.ts';
import { triggerByKey } from '../../triggers/index.ts';
import type { BoundTrigger } from '../board.ts';
import type { TriggerEntry } from '../file.ts';
import { type BindScope, type Bound, namesOf } from './bind-scope.ts';
import { checkReferences } from './rule-references.ts';

/** One trigger of the file, its settings and condition read. */
export function bindTrigger(entry: TriggerEntry, position: number, scope: BindScope): Bound<BoundTrigger> {
  const definition = triggerByKey(entry.on);
  if (definition === undefined)
    return {
      ok: false,
      problems: [
        {
          path: ['on'],
          code: 'unknown-trigger',
          message: `There is no trigger "${entry.on}"`,
          params: { name: entry.on },
        },
      ],
    };
  const place = scope.stages.get(entry.stage);
  const { lenient } = scope;
  const names = { ...namesOf(scope), signals: definition.on };
  const condition = readCondition(entry.when, names);
  const bound = definition.bind(entry.settings);
  const problems = [
    ...(place === undefined ? [unknownStage(entry.stage)] : []),
    ...condition.problems,
    ...(bound.ok ? [] : bound.problems),
    ...(bound.ok && lenient !== true
      ? checkReferences(definition.fields, bound.listener.settings, { names, stages: scope.stages })
      : []),
  ];
  if (place === undefined || !bound.ok || problems.length > 0) return { ok: false, problems };

  const ownName = entry.name ?? null;
  return {
    ok: true,
    bound: {
      id: entry.id ?? `trigger-${position + 1}`,
      key: entry.on,
      stageId: place.stage.id,
      stage: place.stage.code,
      stageOrder: place.order,
      position,
      name: ownName ?? definition.strings[scope.language].name,
      ownName,
      enabled: entry.enabled,
      when: condition.condition,
      as: entry.as,
      allowBack: entry.allowBack,
      settings: bound.listener.settings,
      definition,
      listener: bound.listener,
      condition: condition.condition === null ? null : compileCondition(condition.condition),
    },
  };
}

/** A `when`, or none; problems carry paths that start with `when`. */
export function readCondition(
  when: unknown,
  scope: Parameters<typeof parseCondition>[1],
): ReturnType<typeof parseCondition> | { readonly condition: null; readonly problems: readonly [] } {
  if (when === undefined || when === null) return { condition: null, problems: [] };
  const parsed = parseCondition(when, scope);
  return parsed.condition === null ? { condition: null, problems: moved(parsed.problems, ['when']) } : parsed;
}

export function unknownStage(code: string) {
  return { path: ['stage'], code: 'unknown-stage', message: `There is no stage "${code}" in this pipeline` };
}
