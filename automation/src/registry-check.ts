import type { RuleDefinition } from './kit/definitions/define-rule.ts';
import type { TriggerDefinition } from './kit/definitions/define-trigger.ts';
import { controls } from './kit/settings/setting.ts';
import type { DefinitionText } from './kit/settings/strings.ts';
import { languages } from './kit/words/languages.ts';

export interface Registry {
  readonly triggers: readonly TriggerDefinition[];
  readonly rules: readonly RuleDefinition[];
  /** Paths below `src`. */
  readonly files: readonly string[];
  readonly icons: readonly string[];
  /** Keys that stand in saved boards: they may never vanish. */
  readonly knownKeys: { readonly triggers: readonly string[]; readonly rules: readonly string[] };
}

type Definition = TriggerDefinition | RuleDefinition;

/** What is missing of any trigger or rule: the machine check that a definition is complete. */
export function checkRegistry(registry: Registry): readonly string[] {
  return [
    ...registry.triggers.flatMap((trigger) => [
      ...checkDefinition(trigger, 'triggers', registry),
      ...checkExample(trigger.key, trigger.bind(trigger.example).ok),
    ]),
    ...registry.rules.flatMap((rule) => [
      ...checkDefinition(rule, 'rules', registry),
      ...checkExample(rule.key, rule.parse(rule.example).ok),
    ]),
    ...vanished('triggers', registry),
    ...vanished('rules', registry),
  ];
}

function checkDefinition(
  definition: Definition,
  folder: 'triggers' | 'rules',
  { files, icons }: Registry,
): readonly string[] {
  const { key, icon, fields, strings } = definition;
  const missing = ['.ts', '.strings.json', '.test.ts'].filter((ending) => !files.includes(`${folder}/${key}${ending}`));
  const outputs = 'outputs' in definition ? Object.keys(definition.outputs) : [];
  return [
    ...missing.map((ending) => `${key}: there is no ${folder}/${key}${ending}`),
    ...(icons.includes(icon) ? [] : [`${key}: there is no icon ${icon}`]),
    ...Object.entries(fields).flatMap(([name, { control }]) =>
      controls.includes(control) ? [] : [`${key}.${name}: no control`],
    ),
    ...languages.flatMap((language) => checkText(strings[language], { at: `${key} ${language}`, definition, outputs })),
  ];
}

interface Wanted {
  readonly at: string;
  readonly definition: Definition;
  readonly outputs: readonly string[];
}

function checkText(
  text: DefinitionText | undefined,
  { at, definition: { fields }, outputs }: Wanted,
): readonly string[] {
  if (text === undefined) return [`${at}: no strings`];
  const lines = (['name', 'what', 'why'] as const).filter((line) => isBlank(text[line]));
  return [
    ...lines.map((line) => `${at}: no ${line}`),
    ...(text.synonyms.length === 0 ? [`${at}: no synonyms`] : []),
    ...differing(`${at} fields`, Object.keys(fields), Object.keys(text.fields)),
    ...differing(`${at} outputs`, outputs, Object.keys(text.outputs ?? {})),
    ...Object.entries(fields).flatMap(([name, { choices }]) => {
      const field = text.fields[name];
      const blank = isBlank(field?.label) ? [`${at} ${name}: no label`] : [];
      return [...blank, ...differing(`${at} ${name} choices`, choices, Object.keys(field?.choices ?? {}))];
    }),
  ];
}

function differing(at: string, wanted: readonly string[], got: readonly string[]): readonly string[] {
  return [
    ...wanted.filter((name) => !got.includes(name)).map((name) => `${at}: ${name} is missing`),
    ...got.filter((name) => !wanted.includes(name)).map((name) => `${at}: ${name} is too much`),
  ];
}

function checkExample(key: string, parses: boolean): readonly string[] {
  return parses ? [] : [`${key}: the example does not parse`];
}

function vanished(kind: 'triggers' | 'rules', registry: Registry): readonly string[] {
  const keys = registry[kind].map(({ key }) => key);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key}: there twice`);
  const gone = registry.knownKeys[kind]
    .filter((key) => !keys.includes(key))
    .map((key) => `${key}: vanished, but boards have it`);
  const unlisted = keys
    .filter((key) => !registry.knownKeys[kind].includes(key))
    .map((key) => `${key}: not in known-keys.json`);
  return [...twice, ...gone, ...unlisted];
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
