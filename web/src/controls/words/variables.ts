import { clientNames, personNames } from '@signalbox/automation/kit/conditions/names.ts';
import { TASK_SIGNAL, taskFields } from '@signalbox/automation/kit/tasks/task-fields.ts';
import type { FieldKind, FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import { nameOf } from '../control.ts';
import { definitionOf, type Kind } from '../definitions.ts';
import type { Variable } from '../form-facts.tsx';
import type { Say } from './setting-in-words.ts';

export interface Naming {
  readonly fields: readonly FieldSpec[];
  readonly clientFields: readonly FieldSpec[];
  readonly language: Language;
  readonly t: Say;
}

/** What texts and conditions may name of the item, its client, its responsible and the signal that this kind listens to. */
export function variablesOf(kind: Kind | null, naming: Naming): readonly Variable[] {
  return [
    ...itemVariables(naming),
    ...clientVariables(naming),
    ...personVariables(naming),
    ...signalVariables(kind, naming),
  ];
}

function itemVariables({ fields, language, t }: Naming): readonly Variable[] {
  return fields.map((field) => ({
    path: `item.${field.code}`,
    label: nameOf(field, language),
    group: t('names.item'),
    field,
  }));
}

const clientKinds: Readonly<Record<string, FieldKind>> = {
  id: 'number',
  email: 'email',
  emails: 'email',
  phone: 'phone',
  phones: 'phone',
};

function clientVariables({ clientFields, language, t }: Naming): readonly Variable[] {
  const group = t('names.clientGroup');
  const own = clientFields
    .filter(({ custom }) => custom)
    .map((field) => ({ path: `client.${field.code}`, label: nameOf(field, language), group, field }));
  return [
    ...clientNames.map((name) =>
      variable(`client.${name}`, label(t, `client.${name}`, name), group, clientKinds[name] ?? 'text'),
    ),
    ...own,
  ];
}

function personVariables({ t }: Naming): readonly Variable[] {
  const shown = personNames.filter((name) => !name.endsWith('Id'));
  return shown.map((name) =>
    variable(
      `responsible.${name}`,
      label(t, `person.${name}`, name),
      t('names.responsible'),
      name === 'id' ? 'number' : 'text',
    ),
  );
}

function signalVariables(kind: Kind | null, { language, t }: Naming): readonly Variable[] {
  const definition = kind?.lane === 'trigger' ? definitionOf(kind) : undefined;
  const kinds = definition !== undefined && 'on' in definition ? definition.on : [];
  const heard = kinds.flatMap((name) => findSignalKind(name) ?? []);
  const names = new Set(heard.flatMap((signal) => signal.names).filter((name) => !technical.includes(name)));
  const called = (name: string) => heard.find((signal) => signal.names.includes(name))?.fieldIn(language, name) ?? name;
  const occurred = variable('signal.occurredAt', t('names.occurredAt'), t('names.signal'), 'dateTime');
  if (kinds.includes(TASK_SIGNAL)) return [occurred, ...taskVariables(called('task'), language)];
  return [occurred, ...[...names].map((name) => variable(`signal.${name}`, called(name), t('names.signal'), 'text'))];
}

function taskVariables(group: string, language: Language): readonly Variable[] {
  return taskFields.map((field) => ({ path: `task.${field.code}`, label: nameOf(field, language), group, field }));
}

const technical = ['evidence', 'emailId', 'changes'];

export const variable = (path: string, text: string, group: string, kind: FieldKind): Variable => ({
  path,
  label: text,
  group,
  field: { code: path, kind, name: text, custom: false },
});

// Payload names that have no text yet keep their own.
const label = (t: Say, key: string, name: string): string => String(t(`names.${key}`, { defaultValue: name }));
