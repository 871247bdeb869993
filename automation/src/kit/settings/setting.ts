import type { z } from 'zod';

/** The form parts that draw every settings form; the web app has one component for each. */
export const controls = [
  'text',
  'email',
  'longText',
  'richText',
  'number',
  'duration',
  'condition',
  'money',
  'toggle',
  'choice',
  'multiChoice',
  'person',
  'employee',
  'lineEmployees',
  'people',
  'patterns',
  'phrases',
  'channel',
  'channels',
  'references',
  'dateField',
  'fieldCodes',
  'fieldValues',
  'fieldChanges',
  'stage',
  'stages',
  'pipeline',
  'stageThere',
  'itemType',
  'fieldMapping',
  'clientChanges',
  'attachments',
  'secret',
  'keptSecret',
  'headers',
  'answerParts',
  'webhookCode',
] as const;
export type Control = (typeof controls)[number];

/** What a text is put into: values are escaped for it. */
export const textForms = ['text', 'html', 'json', 'url'] as const;
export type TextForm = (typeof textForms)[number];
export type MapText = (template: string, as: TextForm) => string;

/** One setting of a trigger or a rule: type, check and form control, said once. */
export interface Setting<T = unknown, C extends string = string> {
  readonly control: Control;
  /** Without it the board can't be saved, and a run whose rendered value is empty fails (semantics.md 5.2). */
  readonly required: boolean;
  /** The value when nothing is given; undefined for required settings. */
  readonly default: T | undefined;
  readonly schema: z.ZodType<T>;
  readonly choices: readonly C[];
  /** What is chosen from: a channel kind, `form`, `template` …; null for plain values. */
  readonly of: string | null;
  /** Takes names from the template menu. */
  readonly template: boolean;
  readonly multiple: boolean;
  /** Shown without marks between its thousands: the port of a server. */
  readonly ungrouped?: true;
  /** The value with every template in it put through `map`. */
  mapTexts(value: T, map: MapText): T;
}

export type Fields = Readonly<Record<string, Setting>>;
type ValueOf<S> = S extends { readonly schema: z.ZodType<infer T> } ? T : never;
export type SettingsOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };
