import type { Language } from '@signalbox/automation/kit/languages.ts';
import { clientNames, personNames } from '@signalbox/automation/kit/names.ts';
import type { FieldKind, FieldSpec } from '@signalbox/automation/kit/values.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import { nameOf } from '../../../controls/control.ts';
import type { Variable } from '../../../controls/form-facts.tsx';
import type { Say } from '../../../controls/setting-in-words.ts';
import type { Card, RuleCard } from './cards.ts';
import { cardName, definitionOf } from './definitions.ts';

export interface Naming {
  readonly fields: readonly FieldSpec[];
  readonly clientFields: readonly FieldSpec[];
  readonly cards: readonly Card[];
  readonly language: Language;
  readonly t: Say;
}

/** Everything that one card's texts and condition may name, by group. */
export function variablesFor(card: Card | null, naming: Naming): readonly Variable[] {
  return [
    ...itemVariables(naming),
    ...clientVariables(naming),
    ...personVariables(naming),
    ...signalVariables(card, naming),
    ...resultVariables(card, naming),
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

function signalVariables(card: Card | null, { t }: Naming): readonly Variable[] {
  const definition = card?.lane === 'trigger' ? definitionOf(card) : undefined;
  const kinds = definition !== undefined && 'on' in definition ? definition.on : [];
  const names = new Set(
    kinds.flatMap((kind) => findSignalKind(kind)?.names ?? []).filter((name) => !technical.includes(name)),
  );
  const occurred = variable('signal.occurredAt', t('names.occurredAt'), t('names.signal'), 'dateTime');
  return [
    occurred,
    ...[...names].map((name) =>
      variable(`signal.${name}`, label(t, `signalFields.${name}`, name), t('names.signal'), 'text'),
    ),
  ];
}

const technical = ['evidence', 'emailId', 'changes'];

/** Results of the rules of the same stage; the file names them by the rule's id, so the rule must have one. */
function resultVariables(card: Card | null, { cards, language }: Naming): readonly Variable[] {
  if (card?.lane !== 'rule') return [];
  const others = cards.filter(
    (other): other is RuleCard =>
      other.lane === 'rule' && other.stage === card.stage && other.uid !== card.uid && other.id !== null,
  );
  return others.flatMap((other) => {
    const definition = definitionOf(other);
    const outputs = definition !== undefined && 'outputs' in definition ? definition.outputs : {};
    const texts = definition?.strings[language].outputs ?? {};
    return Object.entries(outputs).map(([name, kind]) =>
      variable(`rules.${other.id}.${name}`, texts[name] ?? name, cardName(other, language), kind),
    );
  });
}

const variable = (path: string, text: string, group: string, kind: FieldKind): Variable => ({
  path,
  label: text,
  group,
  field: { code: path, kind, name: text, custom: false },
});

// Payload names that have no text yet keep their own.
const label = (t: Say, key: string, name: string): string => String(t(`names.${key}`, { defaultValue: name }));
