import { isKnownCurrency } from '@signalbox/automation/kit/values/currencies.ts';
import { emailText } from '@signalbox/automation/kit/values/email-addresses.ts';
import { languages } from '@signalbox/automation/kit/words/languages.ts';
import { z } from 'zod';

/** Every id is a positive integer (interfaces.md, HTTP). */
export const id = z.int().positive();
/** RFC 3339, UTC. */
export const time = z.iso.datetime({ offset: true });
/** A moment in a body: one that a calendar and the database can hold. */
export const givenTime = time.refine(isHeld, 'A moment in the years 1 to 9999');

function isHeld(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  // What is no moment at all has been told already.
  return Number.isNaN(year) || (year >= 1 && year <= 9_999);
}

/** What is held back of a field: it is not seen at all, or seen and not changed. */
export const heldBack = z.enum(['hidden', 'read-only']);

/** The types that every workspace has; smart processes stand beside them (item-types.ts). */
export const standardTypes: readonly string[] = ['lead', 'deal', 'quote', 'invoice'];
/** The code of an item type. Which codes there are, the workspace knows: see `checkItemType` in the server. */
export const itemType = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/, 'The code of an item type, like deal: small letters, digits and -, at most 41');
export type ItemType = z.infer<typeof itemType>;
export const stageKind = z.enum(['open', 'won', 'lost']);
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'An ISO 4217 code like EUR')
  .refine(isKnownCurrency, 'There is no such currency; expected an ISO 4217 code like EUR');
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

/** A number inside a path or a query string. */
export const idInPath = z.coerce.number<string>().int().positive();
export const idParams = z.strictObject({ id: idInPath });

/** A person in an answer. */
export const person = z.object({ id, email: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;
/** A person in a body: an id or an e-mail address. */
export const personRef = z.union([id, emailText], 'An employee: an id or an e-mail address');
export type PersonRef = z.infer<typeof personRef>;
/** A pipeline in a body or a query: an id or a name. */
export const pipelineRef = z.union([id, z.string().min(1).max(200)], 'A pipeline: an id or a name');

/** Lists: `?limit=&cursor=` -> `{data, nextCursor}`. */
export const pageQuery = {
  limit: z.coerce.number<string>().int().min(1).max(1_000).default(50),
  cursor: z.string().max(500).optional(),
};
export const page = z.strictObject(pageQuery);
/** Lists that are short by nature: everything, unless a limit is asked for. */
export const shortPageQuery = { ...pageQuery, limit: z.coerce.number<string>().int().min(1).max(1_000).default(1_000) };
export const shortPage = z.strictObject(shortPageQuery);

export function listOf<T extends z.ZodType>(schema: T) {
  return z.object({ data: z.array(schema), nextCursor: z.string().nullable() });
}

/** Text that means something: trimmed, not blank. */
export const name = z.string().trim().min(1, 'Must not be empty').max(500);
/** Why something came to nothing, to be said in the reader's language: the codes stand in automation's `kit/reasons.ts`. */
export const reason = z.object({
  code: z.string(),
  /** What the sentence names. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** Decimal text or a number; kept with two digits (numeric(18, 2)). */
export const amount = z.union(
  [z.number().min(-1e15).max(1e15), z.string().regex(/^-?\d{1,15}(\.\d{1,2})?$/)],
  'An amount like 1000 or "1000.50"',
);
export const noContent = null;
