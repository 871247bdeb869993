import type { RuleDefinition } from './kit/definitions/define-rule.ts';
import type { TriggerDefinition } from './kit/definitions/define-trigger.ts';
import { groupNames, ruleGroups, triggerGroups } from './kit/settings/groups.ts';
import type { Control, Fields } from './kit/settings/setting.ts';
import type { DefinitionText } from './kit/settings/strings.ts';
import type { Language } from './kit/words/languages.ts';
import { rules } from './rules/index.ts';
import { triggers } from './triggers/index.ts';

export interface CatalogueChoice {
  readonly value: string;
  readonly label: string;
}

/** One setting as a form draws it. */
export interface CatalogueField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly control: Control;
  readonly required: boolean;
  readonly default: unknown;
  readonly choices: readonly CatalogueChoice[];
  /** What is chosen from: a channel kind, `form`, `document-template` …; null for plain values. */
  readonly of: string | null;
  /** Takes names from the template menu. */
  readonly template: boolean;
  readonly multiple: boolean;
}

export interface CatalogueEntry {
  readonly key: string;
  readonly icon: string;
  readonly group: string;
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly good: string;
  /** In the language asked for and in English: both are searched. */
  readonly synonyms: readonly string[];
  readonly fields: readonly CatalogueField[];
  readonly example: Readonly<Record<string, unknown>>;
}

export interface CatalogueTrigger extends CatalogueEntry {
  readonly on: readonly string[];
}

export interface CatalogueRule extends CatalogueEntry {
  readonly outputs: readonly { readonly name: string; readonly label: string; readonly kind: string }[];
}

export interface CatalogueGroup {
  readonly key: string;
  readonly name: string;
  readonly of: 'triggers' | 'rules';
}

export interface Catalogue {
  readonly groups: readonly CatalogueGroup[];
  readonly triggers: readonly CatalogueTrigger[];
  readonly rules: readonly CatalogueRule[];
}

/** Everything that can be placed on a board, in one language, as plain JSON (interfaces.md, `GET /api/v1/catalogue`). */
export function catalogue(language: Language): Catalogue {
  return {
    groups: groupsIn(language),
    triggers: triggers.map((trigger) => ({ ...entry(trigger, language), on: trigger.on })),
    rules: rules.map((rule) => ({ ...entry(rule, language), outputs: outputsOf(rule, language) })),
  };
}

function groupsIn(language: Language): readonly CatalogueGroup[] {
  const names = groupNames[language];
  return [
    ...triggerGroups.map((key) => ({ key, name: names.triggers[key], of: 'triggers' as const })),
    ...ruleGroups.map((key) => ({ key, name: names.rules[key], of: 'rules' as const })),
  ];
}

function entry(
  { key, icon, group, fields, strings, example }: TriggerDefinition | RuleDefinition,
  language: Language,
): CatalogueEntry {
  const { name, what, why, good, synonyms } = strings[language];
  const english = language === 'en' ? [] : [strings.en.name, ...strings.en.synonyms];
  return {
    key,
    icon,
    group,
    name,
    what,
    why,
    good,
    synonyms: [...synonyms, ...english],
    fields: fieldsOf(fields, strings[language]),
    example,
  };
}

function fieldsOf(fields: Fields, text: DefinitionText): readonly CatalogueField[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    label: text.fields[name]?.label ?? name,
    hint: text.fields[name]?.hint ?? '',
    control: field.control,
    required: field.required,
    default: field.default ?? null,
    choices: field.choices.map((value) => ({ value, label: text.fields[name]?.choices?.[value] ?? value })),
    of: field.of,
    template: field.template,
    multiple: field.multiple,
  }));
}

function outputsOf({ outputs, strings }: RuleDefinition, language: Language): CatalogueRule['outputs'] {
  return Object.entries(outputs).map(([name, kind]) => ({
    name,
    kind,
    label: strings[language].outputs?.[name] ?? name,
  }));
}
