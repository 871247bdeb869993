import type { ConditionPart } from '@signalbox/automation/kit/conditions/condition.ts';
import { fieldKindOf, isDated } from '@signalbox/automation/kit/field-kinds/index.ts';
import { parseYesNo, yesNoWords } from '@signalbox/automation/kit/field-kinds/yes-no.ts';
import { parseDecimal } from '@signalbox/automation/kit/values/decimal.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { type FieldSpec, findFieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { type RawBuilder, sql } from 'kysely';
import { likeText } from '../../client-book/clients.store.ts';
import { storedStandard } from '../../facts/standard-fields.ts';
import { oftenTrue, SHORTEST } from './find-few.store.ts';
import { boundsOf, datesOf } from './narrow-bounds.ts';
import { idsOfPeople, wantedOf } from './narrow-people.ts';
import { spelledKinds } from './narrow-spelled.ts';
import type { Narrowing, NarrowScope } from './narrowing.ts';

/** A field that is kept in `items.fields`. */
export function narrowField(code: string, part: ConditionPart, scope: NarrowScope): Narrowing | undefined {
  const spec = scope.type === undefined ? undefined : findFieldSpec(scope.reference.fieldsOf(scope.type), code);
  if (spec === undefined || !(spec.custom || storedStandard.includes(code))) return undefined;
  return byOperator[part.is]?.(spec, part, scope);
}

type Narrow = (spec: FieldSpec, part: ConditionPart, scope: NarrowScope) => Narrowing | undefined;

const equals: Narrow = (spec, part, scope) => {
  if (isDated(spec.kind)) return narrowSize(spec, part, scope);
  if (spec.kind === 'client' || spec.kind === 'money') return undefined;
  const wanted = wantedOf(part)?.flatMap((value) => wantedValues(spec, value, scope));
  const terms = wanted?.map((value) => termsOf(value, scope));
  if (!terms?.every((list) => list !== undefined)) return undefined;
  return findTerms([...terms.flat(), ...oddTermsOf(spec)], spec, scope);
};

const contains: Narrow = (spec, part, scope) => {
  if (fieldKindOf[spec.kind].freeText === null) return undefined;
  const pieces = wantedOf(part)?.flatMap((value) => {
    const text = String(value);
    return spelledKinds[spec.kind]?.pieces(text) ?? [foldedText(text)];
  });
  if (!pieces?.every((piece) => scope.isPlain(piece))) return undefined;
  const likes = pieces.map((piece) => likeText(JSON.stringify(foldedText(piece)).slice(1, -1)));
  const odd = findTerms(oddTermsOf(spec), spec, scope);
  const isLong = pieces.every((piece) => piece.length >= SHORTEST);
  return {
    where: sql`(${odd.where} or ${oftenTrue(
      sql.join(
        likes.map((like) => sql`k.words like ${like}`),
        sql` or `,
      ),
    )})`,
    few: isLong && odd.few !== undefined ? { any: [...likes.map((like) => ({ like })), odd.few] } : undefined,
  };
};

const narrowSize: Narrow = (spec, part, scope) => {
  if (spec.kind === 'number') return narrowNumber(spec.code, part);
  return isDated(spec.kind) ? narrowDate(spec.code, part, scope) : undefined;
};

const byOperator: Readonly<Record<string, Narrow>> = {
  equals,
  in: equals,
  contains,
  'starts with': contains,
  greater: narrowSize,
  'at least': narrowSize,
  less: narrowSize,
  'at most': narrowSize,
  between: narrowSize,
  'within last': narrowSize,
  'within next': narrowSize,
};

// Terms of values that have no plain text, of texts that may be numbers, and of those that may be another spelling (0043-normal-form.sql).
const ODD = '#';
const ODD_NUMBER = '~';
const RESPELLED = '@';
const LONGEST_TERM = 60;

function oddTermsOf({ kind }: FieldSpec): string[] {
  return [ODD, ...(kind === 'number' ? [ODD_NUMBER] : []), ...(kind in spelledKinds ? [RESPELLED] : [])];
}

function findTerms(values: readonly string[], { code }: FieldSpec, { workspaceId }: NarrowScope) {
  const terms = [...new Set(values)].map((value) => `${workspaceId}:${code}:${value}`);
  return { where: oftenTrue(sql`k.terms && ${terms}::text[]`), few: { terms } } satisfies Narrowing;
}

/** The stored values that can be meant: an option also by its name, a person also by name or e-mail address. */
function wantedValues(
  spec: FieldSpec,
  wanted: string | number | boolean,
  { reference }: NarrowScope,
): (string | number | boolean)[] {
  const whole = spelledKinds[spec.kind]?.whole;
  if (whole !== undefined) return [wanted, whole(String(wanted), reference.workspace)];
  if (fieldKindOf[spec.kind].names === 'employee') return [wanted, ...idsOfPeople(wanted, reference)];
  if (!fieldKindOf[spec.kind].hasOptions) return [wanted];
  const text = foldedText(String(wanted));
  const options = (spec.options ?? []).filter(({ name }) => foldedText(name) === text);
  return [wanted, ...options.map(({ value }) => value)];
}

function termsOf(wanted: string | number | boolean, { isPlain }: NarrowScope): string[] | undefined {
  const text = String(wanted);
  const decimal = parseDecimal(typeof wanted === 'number' ? wanted : text);
  // JavaScript writes some numbers otherwise than the database.
  if (!isPlain(text) || (decimal === undefined && text.trim() !== '' && !Number.isNaN(Number(text)))) return undefined;
  const lower = foldedText(text);
  const answer = parseYesNo(lower);
  const answers = answer === undefined ? [] : yesNoWords[answer ? 'yes' : 'no'];
  return [
    [...lower].slice(0, LONGEST_TERM).join(''),
    ...(decimal === undefined ? [] : [plainNumber(decimal)]),
    ...answers,
  ];
}

function plainNumber({ units, scale }: { readonly units: bigint; readonly scale: number }): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`.slice(0, LONGEST_TERM);
}

// Wider by what JavaScript cuts from very small numbers.
const SLACK = '0.000000000000001';

function narrowNumber(code: string, part: ConditionPart): Narrowing | undefined {
  const bounds = boundsOf(part);
  const [least, most] = [bounds?.least, bounds?.most].map((bound) =>
    typeof bound === 'number' || typeof bound === 'string' ? parseDecimal(bound) : undefined,
  );
  const value = sql`(i.fields ->> ${code}::text)::numeric`;
  const limits = [
    ...(least === undefined ? [] : [sql`${value} >= ${plainNumber(least)}::numeric - ${SLACK}::numeric`]),
    ...(most === undefined ? [] : [sql`${value} <= ${plainNumber(most)}::numeric + ${SLACK}::numeric`]),
  ];
  return limits.length === 0
    ? undefined
    : { where: ifIs(sql`jsonb_typeof(i.fields -> ${code}::text) = 'number'`, code, limits) };
}

function narrowDate(code: string, part: ConditionPart, scope: NarrowScope): Narrowing | undefined {
  const { least, most } = datesOf(part, scope);
  const day = sql`left(i.fields ->> ${code}::text, 10)`;
  const limits = [
    ...(least === undefined ? [] : [sql`${day} >= ${least} collate "C"`]),
    ...(most === undefined ? [] : [sql`${day} <= ${most} collate "C"`]),
  ];
  const isDay = sql`i.fields ->> ${code}::text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}'`;
  return limits.length === 0 ? undefined : { where: ifIs(isDay, code, limits) };
}

// What is not of the usual form is left to be judged.
function ifIs(usual: RawBuilder<unknown>, code: string, limits: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(case when ${usual} then ${sql.join(limits, sql` and `)} else i.fields ? ${code}::text end)`;
}
