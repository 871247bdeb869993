import { parseCondition } from '../../kit/conditions/condition-parse.ts';
import { misfitsOf } from '../../kit/conditions/condition-values.ts';
import { isNoNumber, type NameScope, standardNames, whyUnknown } from '../../kit/conditions/names.ts';
import { neverChanges } from '../../kit/conditions/never-changes.ts';
import type { RuleDefinition } from '../../kit/definitions/define-rule.ts';
import { moved, type Problem } from '../../kit/settings/problems.ts';
import type { Fields } from '../../kit/settings/setting.ts';
import { mapSettings } from '../../kit/settings/settings.ts';
import { parseTemplate, templateNames } from '../../kit/templates/template.ts';
import { findFieldSpec, isEmpty, isRecord } from '../../kit/values/values.ts';
import { clientChangeProblems, mappingProblems, typeProblems } from './mapped-fields.ts';
import { type OwnPlace, pipelineProblems, stageThereProblems } from './places-elsewhere.ts';
import { writtenMisfits } from './written-values.ts';

/** A template of a rule's settings and the setting in which it stands. */
export interface SettingText {
  readonly setting: string;
  readonly text: string;
}

/** Every template in parsed settings. */
export function settingTexts(
  { fields }: RuleDefinition,
  settings: Readonly<Record<string, unknown>>,
): readonly SettingText[] {
  const texts: SettingText[] = [];
  mapSettings(fields, settings, (setting) => (text) => {
    texts.push({ setting, text });
    return text;
  });
  return texts;
}

/** The ids of the rules whose results the texts use. */
export function resultsUsed(texts: readonly SettingText[]): readonly string[] {
  const paths = texts
    .flatMap(({ text }) => (text.includes('rules') ? templateNames(text) : []))
    .map(({ path }) => path);
  return paths.flatMap(([head, id]) => (head === 'rules' && id !== undefined ? [id] : []));
}

interface Known {
  readonly names: NameScope;
  readonly stages: ReadonlyMap<string, unknown>;
  /** The board's own type and pipeline; absent: nothing leads elsewhere. */
  readonly own?: OwnPlace;
}

/** What settings name and the board does not have: names in templates, fields, stages (semantics.md 5.6, 8.1). */
export function checkSettingReferences(
  definition: RuleDefinition,
  settings: Readonly<Record<string, unknown>>,
  known: Known,
): readonly Problem[] {
  return [
    ...templateProblems(settingTexts(definition, settings), known),
    ...checkReferences(definition.fields, settings, known),
  ];
}

function templateProblems(texts: readonly SettingText[], { names }: Known): readonly Problem[] {
  return texts.flatMap(({ setting, text }): Problem[] => {
    if (isTooMuch(text, names)) {
      const message = 'The texts of the board hold too many names together';
      return [{ path: ['settings', setting], code: 'template', message, params: { problem: message } }];
    }
    return parseTemplate(
      text,
      (path) => whyUnknown(path, names),
      (path) => isNoNumber(path, names),
    ).map(({ message, name, filter, line, column }) => ({
      path: ['settings', setting],
      code: filter === undefined ? 'template' : 'no-number',
      message: `${message} (line ${line}, column ${column} of the text)`,
      params: { line, column, ...(name === undefined ? { problem: message } : { name }), ...(filter && { filter }) },
    }));
  });
}

function isTooMuch(text: string, { budget }: NameScope): boolean {
  if (budget === undefined) return false;
  budget.names -= text.match(/\{[{%]/g)?.length ?? 0;
  return budget.names < 0;
}

/** Fields and stages that settings name and the board does not have. */
export function checkReferences(
  fields: Fields,
  settings: Readonly<Record<string, unknown>>,
  known: Known,
): readonly Problem[] {
  return Object.entries(fields).flatMap(
    ([name, { control, of }]) =>
      controlChecks[control]?.(settings[name], ['settings', name], { ...known, settings, of }) ?? [],
  );
}

function stageProblems(value: unknown, path: readonly string[], { stages }: Pick<Known, 'stages'>): readonly Problem[] {
  if (stages.has(String(value))) return [];
  return [{ path, code: 'unknown-stage', message: `There is no stage "${String(value)}" in this pipeline` }];
}

function conditionProblems(value: unknown, path: readonly string[], { names }: Known): readonly Problem[] {
  return value === null || value === undefined ? [] : moved(parseCondition(value, names).problems, path);
}

interface Place extends Known {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly of: string | null;
}
type ControlCheck = (value: unknown, path: readonly string[], place: Place) => readonly Problem[];

const controlChecks: Readonly<Partial<Record<string, ControlCheck>>> = {
  stage: stageProblems,
  condition: conditionProblems,
  pipeline: pipelineProblems,
  stageThere: stageThereProblems,
  itemType: typeProblems,
  fieldMapping: mappingProblems,
  clientChanges: clientChangeProblems,
  stages: (value, path, place) =>
    [value]
      .flat()
      .flatMap((code, index) => (code === undefined ? [] : stageProblems(code, [...path, String(index)], place))),
  fieldCodes: (value, path, { names }) =>
    (Array.isArray(value) ? value : []).flatMap((code, index) => heardProblems(String(code), [...path, index], names)),
  fieldChanges: (value, path, { names }) =>
    (Array.isArray(value) ? value : []).flatMap((change, index) =>
      isRecord(change) ? changeProblems(change, [...path, index], names) : [],
    ),
  // Values to compare with one of the chosen fields: some field has to be able to be that.
  fieldValues: (value, path, { names, settings }) =>
    (Array.isArray(value) ? value : []).flatMap((one, index) => {
      const chosen = Array.isArray(settings.fields) ? settings.fields.map(String) : [];
      const misfits = chosen.map((field) => misfitsOf({ field, is: 'in', value: [one] }, names)[0]);
      const [first] = misfits;
      if (isEmpty(one) || first === undefined || misfits.includes(undefined)) return [];
      return [{ ...first, path: [...path, index] }];
    }),
};

function changeProblems(
  change: Readonly<Record<string, unknown>>,
  path: Problem['path'],
  names: NameScope,
): readonly Problem[] {
  const unknown = fieldProblems(String(change.field), [...path, 'field'], names);
  return unknown.length > 0
    ? unknown
    : writtenMisfits(change, names).map((one) => ({ ...one, path: [...path, ...one.path] }));
}

function fieldProblems(code: string, path: Problem['path'], { fields }: NameScope): readonly Problem[] {
  const spec = findFieldSpec(fields, code);
  if (spec?.readOnly === true) return [{ path, code: 'read-only', message: `The field "${code}" can't be changed` }];
  return codeProblems(code, path, { fields });
}

/** A field whose changes are waited for. */
function heardProblems(code: string, path: Problem['path'], names: NameScope): readonly Problem[] {
  const unknown = codeProblems(code, path, names);
  const never = unknown.length > 0 ? null : neverChanges(code, names);
  return never === null ? unknown : [{ path, ...never }];
}

function codeProblems(code: string, path: Problem['path'], { fields }: NameScope): readonly Problem[] {
  return findFieldSpec(fields, code) !== undefined || standardNames.includes(code)
    ? []
    : [{ path, code: 'unknown-name', message: `The item has no field "${code}"`, params: { name: code } }];
}
