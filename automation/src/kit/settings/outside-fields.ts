import { z } from 'zod';
import { isJsonPath } from '../values/json-path.ts';
import { longTemplate, template } from './fields.ts';
import type { Setting } from './setting.ts';

/** How a secret that is kept apart stands in settings: the board and its file never hold the secret itself. */
const KEPT = /^kept:[A-Za-z0-9_-]{22}$/;

export function isKept(text: string): boolean {
  return KEPT.test(text);
}

/** Somebody is typing it and it is not kept yet. */
export const UNKEPT = 'kept:';

const LONGEST_SECRET = 500;
const plain = { of: null, choices: [], required: false } as const;

/** A secret that is given once; what is saved says only where it is kept. Empty: none. */
export function keptSecret(): Setting<string, never> {
  return {
    ...plain,
    control: 'keptSecret',
    schema: z
      .string()
      .max(LONGEST_SECRET)
      .refine((text) => text !== UNKEPT, 'The secret is not kept yet'),
    default: '',
    template: false,
    multiple: false,
    mapTexts: (value) => value,
  };
}

export interface HeaderSetting {
  readonly name: string;
  /** A template; of a secret one where it is kept. */
  readonly value: string;
  readonly secret: boolean;
}

const MOST_HEADERS = 30;
const LONGEST_HEADER = 4_000;

/** Headers of a request: a name and a template, or a secret that is kept apart. */
export function headers(): Setting<readonly HeaderSetting[], never> {
  const header = z.strictObject({
    name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'Expected the name of a header, such as X-Source'),
    value: z
      .string()
      .max(LONGEST_HEADER)
      .refine((text) => text !== UNKEPT, 'The secret is not kept yet'),
    secret: z.boolean().default(false),
  });
  return {
    ...plain,
    control: 'headers',
    schema: z.array(header).max(MOST_HEADERS),
    default: [],
    template: true,
    multiple: true,
    mapTexts: (all, map) => all.map((one) => (one.secret ? one : { ...one, value: map(one.value, 'text') })),
  };
}

export interface AnswerPart {
  readonly name: string;
  /** A JSON path such as `$.customer.id`. */
  readonly path: string;
}

const MOST_PARTS = 20;

/** Results by a name and the path at which they stand in a JSON answer. */
export function answerParts(): Setting<readonly AnswerPart[], never> {
  const part = z.strictObject({
    name: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'Expected a name of letters and digits, such as orderId'),
    path: z.string().max(200).refine(isJsonPath, 'Expected a path such as $.customer.id or $.lines[0].price'),
  });
  return {
    ...plain,
    control: 'answerParts',
    schema: z.array(part).max(MOST_PARTS),
    default: [],
    template: false,
    multiple: true,
    mapTexts: (value) => value,
  };
}

/** An address with names from the template menu; values are encoded for it. */
export function urlTemplate(): Setting<string, never> {
  return { ...template({ required: true }), mapTexts: (value, map) => map(value, 'url') };
}

/** JSON with names from the template menu; values are escaped as text in JSON. */
export function jsonTemplate(): Setting<string, never> {
  return { ...longTemplate(), mapTexts: (value, map) => map(value, 'json') };
}
