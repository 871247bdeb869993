import { findPipelinePlace } from '@signalbox/automation/engine/binding/places-elsewhere.ts';
import type { Control, Setting } from '@signalbox/automation/kit/settings/setting.ts';
import type { FieldText } from '@signalbox/automation/kit/settings/strings.ts';
import { isMoney, isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { TFunction } from 'i18next';
import { nameOf, textOf, textsOf } from '../control.ts';
import { optionsOf, variableInWords, type WordFacts } from '../form-facts.tsx';
import { lineEmployeesOf } from './line-employees.ts';

export type Say = TFunction<'automation'>;

interface Saying {
  readonly setting: Setting;
  readonly text: FieldText;
  readonly facts: WordFacts;
  readonly t: Say;
}

/** A setting's value as a card shows it; empty when there is nothing worth saying. */
export function settingInWords(value: unknown, saying: Saying): string {
  return namesInWords(sayings[saying.setting.control](value, saying), saying.facts);
}

// Each letter can be read in one way only: a long text without an end takes no longer than it is long.
const placeholder = /\{\{-?\s*([^\s|{}]+)(?:[\s|][^{}]*)?\}\}/g;

/** `{{ rules.chat.chatId }}` as `[Create group chat: Chat]`; what nobody knows stays as it was written. */
export function namesInWords(text: string, { variables }: Pick<WordFacts, 'variables'>): string {
  return text.replaceAll(placeholder, (written, path) => {
    const variable = variables.find((one) => one.path === path);
    return variable === undefined ? written : `[${variableInWords(variable)}]`;
  });
}

/** "Responsible", a name, a department: who a person setting means. */
export function personInWords(ref: string, facts: WordFacts, t: Say): string {
  const word = (['responsible', 'supervisor', 'creator', 'observers', 'signal'] as const).find(
    (known) => known === ref,
  );
  if (word !== undefined) return t(`people.${word}`);
  const [kind = '', name = ''] = ref.split(/:(.*)/s);
  if (kind === 'head') return t('people.headOf', { name });
  if (kind === 'role') return t('people.role', { name });
  if (kind === 'department') return name;
  if (kind === 'field') return fieldInWords(name, facts);
  return facts.people.find(({ email }) => email === ref)?.name || ref;
}

export function fieldInWords(code: string, facts: WordFacts): string {
  const field = facts.fields.find((known) => known.code === code);
  if (field !== undefined) return nameOf(field, facts.language);
  return facts.variables.find(({ path }) => path === code)?.label ?? code;
}

type Sayer = (value: unknown, saying: Saying) => string;

const plain: Sayer = (value) => textOf(value).replaceAll(/\s+/g, ' ');
const rich: Sayer = (value) =>
  textOf(value)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
const people: Sayer = (value, { facts, t }) =>
  textsOf(value)
    .map((ref) => personInWords(ref, facts, t))
    .join(', ');
const lines: Sayer = (value, { t }) => (value === 'any' ? t('controls.anyLink') : textsOf(value).join(', '));
const orAny =
  (say: Sayer): Sayer =>
  (value, saying) =>
    say(value, saying) || saying.t('controls.any');
const references: Sayer = (value, { setting, facts }) => {
  const options = optionsOf(facts, setting.of);
  return textsOf(value)
    .map((id) => options.find((one) => one.value === id)?.label ?? id)
    .join(', ');
};
const choices: Sayer = (value, { text }) =>
  textsOf(value)
    .map((choice) => text.choices?.[choice] ?? choice)
    .join(', ');
const fields: Sayer = (value, { facts }) =>
  textsOf(value)
    .map((code) => fieldInWords(code, facts))
    .join(', ');
const toggle: Sayer = (value, { t }) => (value === true ? t('controls.yes') : '');

const changes: Sayer = (value, { facts }) =>
  (Array.isArray(value) ? value.filter(isRecord) : [])
    .map(({ field, value: next }) => `${fieldInWords(textOf(field), facts)} → ${short(next)}`)
    .join(', ');

const named: Sayer = (value) =>
  (Array.isArray(value) ? value.filter(isRecord) : []).map(({ name }) => textOf(name)).join(', ');

const duration: Sayer = (value, { facts }) => durationInWords(textOf(value), facts.language);

const sayings: Readonly<Record<Control, Sayer>> = {
  text: plain,
  email: plain,
  longText: plain,
  richText: rich,
  number: plain,
  duration,
  // A card says it as it says what decides whether the rule runs.
  condition: () => '',
  money: (value) => short(value),
  toggle,
  choice: choices,
  multiChoice: orAny(choices),
  person: people,
  employee: (value, { facts }) => facts.people.find(({ id }) => id === value)?.name ?? textOf(value),
  lineEmployees: (value, { facts }) =>
    lineEmployeesOf(value)
      .map(({ employee }) => facts.people.find(({ id }) => id === employee)?.name ?? String(employee))
      .join(', '),
  people,
  patterns: lines,
  phrases: orAny(lines),
  channel: references,
  channels: orAny(references),
  references: orAny(references),
  dateField: fields,
  fieldCodes: fields,
  fieldValues: orAny((value) => (Array.isArray(value) ? value.map(short).join(', ') : '')),
  fieldChanges: changes,
  stages: (value, { facts }) =>
    textsOf(value)
      .map((code) => facts.stages.find((stage) => stage.code === code)?.name ?? code)
      .join(', '),
  stage: (value, { facts }) => facts.stages.find(({ code }) => code === value)?.name ?? textOf(value),
  pipeline: (value, { facts: { pipelines } }) => findPipelinePlace(pipelines, value)?.name ?? textOf(value),
  stageThere: (value, { facts: { pipelines } }) =>
    pipelines.flatMap(({ stages }) => stages).find(({ code }) => code === value)?.name ?? textOf(value),
  itemType: (value, { facts: { itemTypes } }) => itemTypes[textOf(value)] ?? textOf(value),
  fieldMapping: (value, { facts }) =>
    (Array.isArray(value) ? value.filter(isRecord) : [])
      .map(({ field, from, value: own }) =>
        from === undefined
          ? `${textOf(field)} → ${short(own)}`
          : `${fieldInWords(textOf(from), facts)} → ${textOf(field)}`,
      )
      .join(', '),
  clientChanges: changes,
  attachments: () => '',
  secret: () => '',
  keptSecret: () => '',
  headers: named,
  answerParts: named,
  webhookCode: plain,
};

/** `in 2 hours` in the language on screen. */
export function inDuration(text: string, language: string): string {
  const { count, unit } = readDuration(text);
  return unit === undefined ? text : new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(count, unit);
}

/** `2 hours` in the language on screen. */
export function durationInWords(text: string, language: string): string {
  const { count, unit } = readDuration(text);
  return unit === undefined
    ? text
    : new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

const units = ['second', 'minute', 'hour', 'day'] as const;

function readDuration(text: string) {
  const [, count, word] = /^\s*(\d+)\s+([a-z]+?)s?\s*$/.exec(text) ?? [];
  return { count: Number(count), unit: units.find((unit) => unit === word) };
}

function short(value: unknown): string {
  if (isMoney(value)) return `${value.amount} ${value.currency}`;
  return Array.isArray(value) ? value.map(short).join(', ') : String(value ?? '');
}
