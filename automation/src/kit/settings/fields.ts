import { z } from 'zod';
import type { Attachments } from '../definitions/ports.ts';
import { type Duration, durationText, formatDuration } from '../values/durations.ts';
import { isBareEmail, normalEmail } from '../values/email-addresses.ts';
import { isPersonRef, type PersonRef } from '../values/people.ts';
import type { Money } from '../values/values.ts';
import type { ThingKind } from './references.ts';
import type { MapText, Setting } from './setting.ts';

type Plain<T, C extends string = never> = Setting<T, C>;

/** Everything a setting may leave unsaid. */
function setting<T, C extends string = never>(
  given: Partial<Setting<T, C>> & Pick<Setting<T, C>, 'control' | 'schema'>,
): Setting<T, C> {
  return {
    required: given.default === undefined,
    default: undefined,
    choices: [],
    of: null,
    template: false,
    multiple: false,
    mapTexts: (value) => value,
    ...given,
  };
}

interface Need {
  readonly required?: boolean;
}

interface TextNeed extends Need {
  /** The longest that is taken, in characters. */
  readonly most?: number;
}

const emptyText = (required: boolean) => (required ? undefined : '');
const filledText = (required: boolean) =>
  required ? z.string().refine((value) => value.trim() !== '', 'Must not be empty') : z.string();
const isTemplate = {
  template: true,
  mapTexts: (value: string, map: MapText) => map(value, 'text'),
};

export function text({ required = false, most }: TextNeed = {}): Plain<string> {
  const filled = filledText(required);
  const schema = most === undefined ? filled : filled.max(most);
  return setting({ control: 'text', schema, required, default: emptyText(required) });
}

/** One e-mail address, kept as addresses are compared; it must be given. */
export function email(): Plain<string> {
  const wrong = ({ code }: { readonly code?: string }) =>
    code === 'invalid_type' ? undefined : 'Must be an e-mail address';
  return setting({
    control: 'email',
    schema: z.stringFormat('email', isBareEmail, { error: wrong }).max(320).overwrite(normalEmail),
  });
}

/** One line with names from the template menu. */
export function template({ required = false }: Need = {}): Plain<string> {
  return setting({ ...text({ required }), ...isTemplate });
}

/** Several lines with names from the template menu. */
export function longTemplate({ required = false }: Need = {}): Plain<string> {
  return setting({ ...template({ required }), control: 'longText' });
}

/** Rich text; values are escaped when they are put in. */
export function richTemplate({ required = false }: Need = {}): Plain<string> {
  return setting({ ...template({ required }), control: 'richText', mapTexts: (value, map) => map(value, 'html') });
}

export function toggle(on = false): Plain<boolean> {
  return setting({ control: 'toggle', schema: z.boolean(), default: on });
}

export function choice<const C extends string>(choices: readonly [C, ...C[]], initial: NoInfer<C>): Setting<C, C> {
  return setting<C, C>({ control: 'choice', schema: z.enum(choices), default: initial, choices });
}

export function multiChoice<const C extends string>(choices: readonly [C, ...C[]]): Setting<readonly C[], C> {
  return setting<readonly C[], C>({
    control: 'multiChoice',
    schema: z.array(z.enum(choices)),
    default: [],
    choices,
    multiple: true,
  });
}

interface NumberNeed {
  readonly initial: number;
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export function number({ initial, least = 0, most = Infinity, whole = false }: NumberNeed): Plain<number> {
  const inRange = z.number().min(least).max(most);
  return setting({ control: 'number', schema: whole ? inRange.int() : inRange, default: initial });
}

export function port(initial: number): Plain<number> {
  return { ...number({ initial, least: 1, most: 65_535, whole: true }), ungrouped: true };
}

/** A while such as `10 minutes`; without an initial one it must be given. */
export function duration(initial?: Duration): Plain<Duration> {
  const text = (given: unknown) => (given === initial && initial !== undefined ? formatDuration(initial) : given);
  return setting({ control: 'duration', schema: z.preprocess(text, durationText), default: initial });
}

export function money(): Plain<Money> {
  const amount = z.string().regex(/^-?\d+(\.\d+)?$/, 'Expected a decimal number');
  return setting({ control: 'money', schema: z.object({ amount, currency: z.string().length(3) }) });
}

const personRef = z
  .string()
  .refine(
    isPersonRef,
    'Expected responsible, supervisor, creator, observers, signal, role:, department:, head:, field: or an e-mail address',
  );

/** One person, by default the item's responsible. */
export function person(initial: PersonRef = 'responsible'): Plain<PersonRef> {
  return setting({ control: 'person', schema: personRef, default: initial });
}

/** One employee by id, where there is no item to ask for a person; null: nobody is named. */
export function employee(): Plain<number | null> {
  return setting<number | null>({ control: 'employee', schema: z.int().positive().nullable(), default: null });
}

/** One who answers a line, by id, and which extension of its exchange is theirs; empty: none. */
export interface LineEmployee {
  readonly employee: number;
  readonly extension: string;
}

/** Who answers a line; an empty list means everybody. An id alone stands for one without an extension. */
export function lineEmployees(): Plain<readonly LineEmployee[]> {
  const employeeId = z.int().positive();
  const entry = z.strictObject({ employee: employeeId, extension: z.string().trim().max(40).default('') });
  const one = z.preprocess((given) => (typeof given === 'number' ? { employee: given } : given), entry);
  return setting<readonly LineEmployee[]>({
    control: 'lineEmployees',
    schema: z.array(one).max(500),
    default: [],
    multiple: true,
  });
}

/** People, roles and departments; resolved when the rule runs. */
export function people({
  initial,
  required = false,
}: Need & { readonly initial?: readonly PersonRef[] } = {}): Plain<readonly PersonRef[]> {
  const list = required ? z.array(personRef).min(1, 'Choose at least one') : z.array(personRef);
  return setting({
    control: 'people',
    schema: oneOrMany(list, personRef),
    required,
    default: required ? undefined : (initial ?? []),
    multiple: true,
  });
}

/** Link patterns with `*`, or the explicit choice `any`. */
export function patternsOrAny(): Plain<readonly string[] | 'any'> {
  const pattern = z.string().trim().min(1, 'Must not be empty');
  const patterns = oneOrMany(z.array(pattern).min(1, 'Give at least one link, or choose any link'), pattern);
  return setting<readonly string[] | 'any'>({
    control: 'patterns',
    schema: z.union([z.literal('any'), patterns]),
    multiple: true,
  });
}

/** Words or phrases; an empty list means everything. */
export function phrases(): Plain<readonly string[]> {
  const phrase = z.string().trim().min(1, 'Must not be empty');
  return setting({ control: 'phrases', schema: oneOrMany(z.array(phrase), phrase), default: [], multiple: true });
}

const reference = z.union([z.number().int(), z.string().min(1)]);
export type Reference = number | string;

/** Any or some channels of a kind, by id or by address or number; an empty list means any. */
export function channels(of: string): Plain<readonly Reference[]> {
  return setting({
    control: 'channels',
    schema: oneOrMany(z.array(reference), reference),
    default: [],
    of,
    multiple: true,
  });
}

/** One channel; null means the workspace's default one. */
export function channel(of: string): Plain<Reference | null> {
  return setting<Reference | null>({ control: 'channel', schema: reference.nullable(), default: null, of });
}

/** Any or some of other things (forms, templates, resources …), by id or name; an empty list means any. */
export function references(of: ThingKind): Plain<readonly Reference[]> {
  return setting({
    control: 'references',
    schema: oneOrMany(z.array(reference), reference),
    default: [],
    of,
    multiple: true,
  });
}

/** A date field of the item, by its code. */
export function dateField(): Plain<string> {
  return setting({ control: 'dateField', schema: filledText(true) });
}

/** At least one field of the item, by code. */
export function fieldCodes(): Plain<readonly string[]> {
  const code = z.string().min(1);
  return setting({
    control: 'fieldCodes',
    schema: oneOrMany(z.array(code).min(1, 'Choose at least one field'), code),
    multiple: true,
  });
}

/** The item's stage to go to, by its code, in the same pipeline. */
export function stage(): Plain<string> {
  return setting({ control: 'stage', schema: filledText(true) });
}

/** Stages of the same pipeline, by their codes; an empty list means every stage. */
export function stages(): Plain<readonly string[]> {
  const code = z.string().min(1);
  return setting({ control: 'stages', schema: oneOrMany(z.array(code), code), default: [], multiple: true });
}

export function attachments(): Plain<Attachments> {
  const fields = z.array(z.string().min(1)).default([]);
  const schema = z.strictObject({ fields, files: z.array(z.number().int()).default([]) });
  return setting({ control: 'attachments', schema, default: { fields: [], files: [] }, multiple: true });
}

/** Shown masked, and only whether it is set: it is never answered or logged. */
export function secret(): Plain<string> {
  return setting({ control: 'secret', schema: z.string().max(500), default: '' });
}

/** The code of a webhook, made by the form; its URL is shown with a copy button. */
export function webhookCode(): Plain<string> {
  return setting({ control: 'webhookCode', schema: filledText(true) });
}

/** A list, or one thing that stands for a list of one. */
function oneOrMany<T>(list: z.ZodType<readonly T[]>, one: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.preprocess((given) => (one.safeParse(given).success ? [given] : given), list);
}
