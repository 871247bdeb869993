import type { FieldKind, FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { languages, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import strings from './standard-fields.strings.json' with { type: 'json' };

type StandardCode = keyof (typeof strings)['en'];

const names: Spoken<Readonly<Record<StandardCode, string>>> = strings;

/** The fields that every item has; `source` and those below it are kept in `items.fields`. */
export const standardFields: readonly FieldSpec[] = [
  standard('title', 'text'),
  standard('amount', 'money'),
  standard('currency', 'text'),
  standard('responsible', 'person'),
  standard('creator', 'person', {
    readOnly: true,
  }),
  standard('observers', 'person', {
    multiple: true,
  }),
  standard('contact', 'client'),
  standard('company', 'client'),
  standard('createdAt', 'dateTime', { readOnly: true }),
  standard('updatedAt', 'dateTime', {
    readOnly: true,
  }),
  standard('pipeline', 'text', { readOnly: true }),
  standard('stage', 'text', { readOnly: true }),
  standard('source', 'text'),
  standard('dealKind', 'choice'),
  standard('repeat', 'yesNo', { readOnly: true }),
  standard('deliveryDate', 'date'),
  standard('dueDate', 'date'),
  standard('paymentDate', 'date'),
  // When the next of them takes place; kept by tasks (tasks/next-planned.ts).
  standard('nextCall', 'dateTime', { readOnly: true }),
  standard('nextMeeting', 'dateTime', { readOnly: true }),
];

/** Standard fields that live in `items.fields` beside the custom ones, and that people fill in. */
export const storedWithCustom = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'] as const;
/** All that live there. */
export const storedStandard: readonly string[] = [...storedWithCustom, 'nextCall', 'nextMeeting'];

interface Traits {
  readonly multiple?: boolean;
  readonly readOnly?: boolean;
}

function standard(code: StandardCode, kind: FieldKind, traits: Traits = {}): FieldSpec {
  const name = Object.fromEntries(languages.map((language) => [language, names[language][code]]));
  return { code, kind, name, custom: false, ...traits };
}
