import type { ChannelDefinition, ChannelKindDefinition } from './kit/definitions/define-channel.ts';
import type { RuleDefinition } from './kit/definitions/define-rule.ts';
import type { TriggerDefinition } from './kit/definitions/define-trigger.ts';
import { controls, type Fields } from './kit/settings/setting.ts';
import type { DefinitionText, FieldText } from './kit/settings/strings.ts';
import { languages } from './kit/words/languages.ts';
import { unlisted } from './registry-unlisted.ts';
import { channelKinds } from './signals/channel-kinds.ts';

export interface Registry {
  readonly triggers: readonly TriggerDefinition[];
  readonly rules: readonly RuleDefinition[];
  readonly channels: readonly ChannelDefinition[];
  readonly kinds: readonly ChannelKindDefinition[];
  /** Kinds of signals. */
  readonly signals: readonly string[];
  /** Kinds of channels whose signals may know only the client (semantics.md 2.2). */
  readonly ofClients: readonly string[];
  /** Paths below `src`. */
  readonly files: readonly string[];
  readonly icons: readonly string[];
  /** Keys that stand in saved boards and channels: they may never vanish. */
  readonly knownKeys: Readonly<Record<Kept, readonly string[]>>;
}

type Kept = 'triggers' | 'rules' | 'channels';

type Definition = TriggerDefinition | RuleDefinition;

/** What is missing of any trigger, rule or channel: the machine check that a definition is complete. */
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
    ...registry.channels.flatMap((channel) => [
      ...checkChannel(channel, registry),
      ...checkExample(channel.key, channel.parse(channel.example).ok),
    ]),
    ...channelKinds.flatMap((kind) => checkKind(kind, registry)),
    ...unlisted(registry),
    ...unheard(registry),
    ...vanished('triggers', registry),
    ...vanished('rules', registry),
    ...vanished('channels', registry),
  ];
}

function checkDefinition(definition: Definition, folder: 'triggers' | 'rules', registry: Registry): readonly string[] {
  const { key, fields, strings } = definition;
  const outputs = 'outputs' in definition ? Object.keys(definition.outputs) : [];
  return [
    ...checkFiles(
      definition,
      [`${folder}/${key}.ts`, `${folder}/${key}.strings.json`, `${folder}/${key}.test.ts`],
      registry,
    ),
    ...checkControls(key, fields),
    ...languages.flatMap((language) => checkText(strings[language], { at: `${key} ${language}`, definition, outputs })),
  ];
}

function checkChannel(channel: ChannelDefinition, registry: Registry): readonly string[] {
  const { key, kind, provider } = channel;
  const fields = { ...channel.fields, ...channel.ties };
  return [
    ...(key === `${kind}/${provider}` ? [] : [`${key}: the key is not ${kind}/${provider}`]),
    ...checkFiles(channel, [`channels/${key}.ts`, `channels/${key}.strings.json`], registry),
    ...checkControls(key, fields),
    ...(registry.ofClients.includes(kind) && Object.keys(channel.ties).length === 0
      ? [`${key}: its signals may know only the client, and it has no ties`]
      : []),
    ...languages.flatMap((language) => {
      const text = channel.textIn(language);
      const lines = (['name', 'what'] as const).filter((line) => isBlank(text[line]));
      const at = `${key} ${language}`;
      return [...lines.map((line) => `${at}: no ${line}`), ...checkFieldTexts(at, fields, text.fields)];
    }),
  ];
}

function checkKind(kind: string, registry: Registry): readonly string[] {
  const definition = registry.kinds.find((one) => one.kind === kind);
  const file = `channels/${kind}/kind.ts`;
  if (definition === undefined) return [`${kind}: there is no ${file}, or it has no line in channels/kinds.ts`];
  const { icon, strings, providers } = definition;
  const blank = languages.flatMap((language) =>
    (['name', 'add', 'what'] as const)
      .filter((line) => isBlank(strings[language][line]))
      .map((line) => `${kind} ${language}: no ${line}`),
  );
  const begins = providers.some(({ provider, start }) => provider === 'sandbox' && start !== null);
  return [
    ...checkFiles({ key: kind, icon }, [file], registry),
    ...blank,
    ...(begins ? [] : [`${kind}: there is no sandbox with a start among its providers`]),
  ];
}

function unheard({ signals, triggers }: Registry): readonly string[] {
  const heard = new Set<string>(triggers.flatMap(({ on }) => on));
  return signals.filter((kind) => !heard.has(kind)).map((kind) => `${kind}: no trigger hears it`);
}

function checkFiles(
  { key, icon }: { readonly key: string; readonly icon: string },
  wanted: readonly string[],
  { files, icons }: Registry,
): readonly string[] {
  return [
    ...wanted.filter((path) => !files.includes(path)).map((path) => `${key}: there is no ${path}`),
    ...(icons.includes(icon) ? [] : [`${key}: there is no icon ${icon}`]),
  ];
}

function checkControls(key: string, fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, { control }]) =>
    controls.includes(control) ? [] : [`${key}.${name}: no control`],
  );
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
    ...differing(`${at} outputs`, outputs, Object.keys(text.outputs ?? {})),
    ...checkFieldTexts(at, fields, text.fields),
  ];
}

function checkFieldTexts(at: string, fields: Fields, texts: Readonly<Record<string, FieldText>>): readonly string[] {
  return [
    ...differing(`${at} fields`, Object.keys(fields), Object.keys(texts)),
    ...Object.entries(fields).flatMap(([name, { choices }]) => {
      const field = texts[name];
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

function vanished(kind: Kept, registry: Registry): readonly string[] {
  const keys = registry[kind].map(({ key }) => key);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key}: there twice`);
  const gone = registry.knownKeys[kind]
    .filter((key) => !keys.includes(key))
    .map((key) => `${key}: vanished, but it is saved`);
  const unlisted = keys
    .filter((key) => !registry.knownKeys[kind].includes(key))
    .map((key) => `${key}: not in known-keys/`);
  return [...twice, ...gone, ...unlisted];
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
