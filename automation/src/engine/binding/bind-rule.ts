import type { Condition } from '../../kit/conditions/condition.ts';
import { conditionsIn } from '../../kit/conditions/condition-setting.ts';
import { compileCondition, partsOf } from '../../kit/conditions/conditions.ts';
import { isTiedType, kindOfPath, type NameScope, whyUnknown } from '../../kit/conditions/names.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { isDated } from '../../kit/field-kinds/index.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import { ruleByKey } from '../../rules/index.ts';
import type { BoundRule } from '../board.ts';
import type { RuleEntry } from '../file.ts';
import type { RuleTime } from '../rule-time.ts';
import { type BindScope, type Bound, namesOf } from './bind-scope.ts';
import { readCondition, unknownStage } from './bind-trigger.ts';
import { checkSettingReferences, resultsUsed, settingTexts } from './rule-references.ts';

const immediately: RuleTime = { is: 'immediately' };

/** One rule of the file, its settings, templates, time and condition read. */
export function bindRule(entry: RuleEntry, position: number, scope: BindScope): Bound<BoundRule> {
  const definition = ruleByKey(entry.do);
  if (definition === undefined)
    return {
      ok: false,
      problems: [
        { path: ['do'], code: 'unknown-rule', message: `There is no rule "${entry.do}"`, params: { name: entry.do } },
      ],
    };
  const place = scope.stages.get(entry.stage) ?? scope.gone.get(entry.stage);
  const names: NameScope = {
    ...namesOf(scope),
    results: scope.results[entry.stage] ?? {},
  };
  const condition = readCondition(entry.when, names);
  const parsed = definition.parse(entry.settings);
  const time = entry.time ?? immediately;
  const problems = [
    ...(place === undefined ? [unknownStage(entry.stage)] : []),
    ...typeProblems(definition, scope),
    ...condition.problems,
    ...timeProblems(time, names),
    ...(parsed.ok ? missingTime(definition.needsTime(parsed.settings), time, scope) : parsed.problems),
    ...(parsed.ok && scope.lenient !== true
      ? checkSettingReferences(definition, parsed.settings, { names, stages: scope.stages, own: scope })
      : []),
  ];
  if (place === undefined || !parsed.ok || problems.length > 0) return { ok: false, problems };

  const ownName = entry.name ?? null;
  const placed = { stageId: place.stage.id, stage: place.stage.code, position, settings: parsed.settings, definition };
  return {
    ok: true,
    bound: {
      ...placed,
      id: entry.id ?? `rule-${position + 1}`,
      key: entry.do,
      name: ownName ?? definition.strings[scope.language].name,
      ownName,
      enabled: entry.enabled,
      when: condition.condition,
      order: entry.order,
      time,
      hours: entry.hours,
      onLeave: entry.onLeave,
      condition: condition.condition === null ? null : compileCondition(condition.condition),
      usesResultsOf: usesResultsOf(definition, { settings: parsed.settings, when: condition.condition, time }),
    },
  };
}

function typeProblems({ key, only }: RuleDefinition, { type, lenient }: BindScope): readonly Problem[] {
  if (only === null || lenient === true || only.includes(type)) return [];
  const message = `${key} stands on boards of ${only.join(', ')} alone`;
  return [{ path: ['do'], code: 'not-for-type', message, params: { types: only.join(', ') } }];
}

function missingTime(isNeeded: boolean, { is }: RuleTime, { lenient }: BindScope): readonly Problem[] {
  if (!isNeeded || is !== 'immediately' || lenient === true) return [];
  return [{ path: ['time'], code: 'required', message: 'Give the moment until which it waits' }];
}

interface Used {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly when: Condition | null;
  readonly time: RuleTime;
}

/** The rules named as `rules.<id>.*` in texts, condition and time (semantics.md 5.2). */
function usesResultsOf(definition: RuleDefinition, { settings, when, time }: Used): readonly string[] {
  const fields = [
    ...[when, ...conditionsIn(definition, settings).map(({ condition }) => condition)].flatMap((one) =>
      one === null ? [] : partsOf(one).map((part) => part.field),
    ),
    ...('field' in time && time.field !== null ? [time.field] : []),
  ];
  const named = fields.map((field) => field.split('.')).filter(([head]) => head === 'rules');
  return [...new Set([...named.map(([, id = '']) => id), ...resultsUsed(settingTexts(definition, settings))])];
}

function timeProblems(time: RuleTime, names: NameScope): readonly Problem[] {
  const field = 'field' in time ? time.field : null;
  if (field === null) return [];
  const path = ['time', ...(time.is === 'at' ? ['at'] : []), 'field'];
  const unknown = whyUnknown(field.split('.'), names);
  if (unknown !== null) return [{ path, code: 'unknown-name', message: unknown, params: { name: field } }];
  return names.lenient === true || mayBeDate(field, names)
    ? []
    : [{ path, code: 'no-date', message: `"${field}" is no date of the item`, params: { name: field } }];
}

const neverDates = ['client', 'contact', 'company', 'responsible', 'creator', 'signal', 'now', 'time'];

/** Dates are the item's own, those of what is tied to it, and results of earlier rules (semantics.md 5.3). */
function mayBeDate(field: string, names: NameScope): boolean {
  const [head = '', ...rest] = field.replace(/^item\./, '').split('.');
  if (neverDates.includes(head)) return false;
  const tied = isTiedType(head, names) ? { fields: names.tiedFields?.[head] ?? [] } : undefined;
  const kind = tied === undefined ? kindOfPath(field, names) : kindOfPath(rest.join('.'), tied);
  return kind === undefined || isDated(kind);
}
