import { fieldKindOf } from '../field-kinds/index.ts';
import { parseYesNo } from '../field-kinds/yes-no.ts';
import type { PathStep } from '../settings/problems.ts';
import { isKnownCurrency } from '../values/currencies.ts';
import { parseDateWords, resolveDateWords } from '../values/date-words.ts';
import { parseDecimal } from '../values/decimal.ts';
import { isEmail } from '../values/email-addresses.ts';
import { foldedText } from '../values/normal-form.ts';
import { textOf } from '../values/spellings.ts';
import { instantOf, isDay } from '../values/time.ts';
import { type FieldKind, type FieldSpec, isEmpty, isMoney, isRecord } from '../values/values.ts';
import { compareValues } from './compare.ts';
import type { ConditionPart } from './condition.ts';
import { listOf } from './condition-tests.ts';
import { kindOfPath, type NameScope, specOfPath } from './names.ts';
import { neverChanges } from './never-changes.ts';
import type { Operator } from './operators.ts';

/** Why a part can never be true (or, denied, always is), and what would fit. */
export interface Misfit {
  /** Inside the part. */
  readonly path: readonly PathStep[];
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** What of a part's value its field can never be, read by the kind of the field; none when it is saved already (semantics.md 8.2). */
export function misfitsOf(part: ConditionPart, scope: NameScope): readonly Misfit[] {
  if (scope.lenient === true) return [];
  if (part.is === 'time of day') return sameEnds(part, listOf(part.value));
  if (part.is === 'changed') {
    const never = neverChanges(part.field, scope);
    return never === null ? changeMisfits(part, scope) : [{ path: ['field'], ...never }];
  }
  const asked = questions[part.is];
  if (asked === undefined) return [];
  const values = part.is === 'between' ? listOf(part.value) : [part.value].flat();
  if (values.length === 0) return [{ path: ['value'], code: 'value', message: 'Expected a value' }];
  const wrong = values.flatMap((value, index) => {
    const misfit = misfit1(value, part, { scope, asked });
    return misfit === null ? [] : [{ ...misfit, path: ['value', ...(Array.isArray(part.value) ? [index] : [])] }];
  });
  return wrong.length > 0 || part.is !== 'between' ? wrong : orderMisfits(part, scope);
}

type Question = 'same' | 'size' | 'words';

const questions: Readonly<Partial<Record<Operator, Question>>> = {
  equals: 'same',
  'not equals': 'same',
  in: 'same',
  'not in': 'same',
  greater: 'size',
  'at least': 'size',
  less: 'size',
  'at most': 'size',
  between: 'size',
  contains: 'words',
  'does not contain': 'words',
  'starts with': 'words',
};

type Fault = Omit<Misfit, 'path'> | null;

interface Asking {
  readonly scope: NameScope;
  readonly asked: Question;
}

function misfit1(value: unknown, part: ConditionPart, { scope, asked }: Asking): Fault {
  const code = part.field.replace(/^item\./, '');
  if (isEmpty(value)) return fault('value', 'Expected a value; "is empty" asks for none');
  const named = asked === 'same' ? Object.hasOwn(named1, code) && named1[code]?.(value, scope) : null;
  if (named) return named;
  const kind = kindOfPath(part.field, scope);
  if (kind === undefined) return null;
  const wanted = { value, part, scope, spec: specOfPath(part.field, scope) };
  return (asked === 'words' ? wordChecks : valueChecks)[kind]?.(wanted) ?? null;
}

interface Wanted {
  readonly value: unknown;
  readonly part: ConditionPart;
  readonly scope: NameScope;
  readonly spec: FieldSpec | undefined;
}
type Check = (wanted: Wanted) => Fault;

function fault(code: string, message: string, params?: Misfit['params']): Fault {
  return { code, message, ...(params === undefined ? {} : { params }) };
}

const shown = (value: unknown) => (isMoney(value) ? `${value.amount} ${value.currency}` : String(value));
const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const fitsIf = (holds: boolean, code: string, value: unknown, expected: string): Fault =>
  holds
    ? null
    : fault(code, `"${shown(value)}" can never be the value of this field; expected ${expected}`, {
        value: shown(value),
      });

const number: Check = ({ value }) =>
  fitsIf(isText(value) && parseDecimal(value) !== undefined, 'fit-number', value, 'a number such as 1000 or 12.5');

const money: Check = ({ value }) => {
  const [amount = '', currency, ...more] = shown(value).trim().split(/\s+/);
  if (parseDecimal(amount) === undefined || more.length > 0)
    return fitsIf(false, 'fit-money', value, 'an amount such as 1000 or "1000 EUR"');
  return fitsIf(currency === undefined || isKnownCurrency(currency), 'fit-currency', value, 'a currency such as EUR');
};

const dated: Check = ({ value }) =>
  fitsIf(isDate(value), 'fit-date', value, 'a day such as 2026-12-31, or "today", "today + 7 days", "start of month"');

function isDate(value: unknown): boolean {
  if (isDay(value) || parseDateWords(value) !== undefined) return true;
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}[T ]/.test(value) &&
    isDay(value.slice(0, 10)) &&
    instantOf(value, 'UTC') !== undefined
  );
}

const yesNo: Check = ({ value }) => fitsIf(parseYesNo(String(value)) !== undefined, 'fit-yes-no', value, 'yes or no');

/** Values of a tied item's field are known by themselves alone, those of the item and its clients also by their names. */
function namesOf({ value, name }: { value: string; name: string }, field: string): readonly string[] {
  return /^(?!(item|client|contact|company)\.).*\./.test(field) ? [value] : [value, name];
}

const option =
  (fits: (name: string, wanted: string) => boolean): Check =>
  ({ value, part, spec }) => {
    const options = spec?.options ?? [];
    if (options.length === 0) return null;
    const fold = (text: string) => textOf(text, part.matchCase === true);
    const names = options.flatMap((one) => namesOf(one, part.field));
    if (names.some((name) => fits(fold(name), fold(String(value))))) return null;
    const known = options
      .map(({ name }) => name)
      .slice(0, MOST_SHOWN)
      .join(', ');
    return fault('fit-option', `"${String(value)}" is none of the options; expected one of ${known}`, {
      value: String(value),
      options: known,
    });
  };
const MOST_SHOWN = 20;

const person: Check = ({ value, scope }) =>
  fitsIf(scope.isPerson?.(String(value)) ?? true, 'fit-person', value, 'an employee: an e-mail address or an id');
const email: Check = ({ value }) => fitsIf(isEmail(String(value)), 'fit-email', value, 'an e-mail address');
const phone: Check = ({ value }) =>
  fitsIf(String(value).replace(/\D/g, '').length >= 3, 'fit-phone', value, 'a phone number');
const link: Check = ({ value }) =>
  fitsIf(/^(https?:\/\/)?[^\s/]+\.\S+$/i.test(String(value).trim()), 'fit-link', value, 'a web address');
// The item's own contact and company are also meant by their names.
const client: Check = ({ value, spec }) =>
  fitsIf(
    spec?.custom !== true || fieldKindOf.client.keeps(String(value), spec),
    'fit-client',
    value,
    'a client: contact:5 or company:7',
  );
const item: Check = ({ value }) =>
  fitsIf(Number.isSafeInteger(Number(value)) && Number(value) > 0, 'fit-item', value, 'the id of an item');

const valueChecks: Readonly<Partial<Record<FieldKind, Check>>> = {
  ...{ number, money, date: dated, dateTime: dated, yesNo, person, client, email, phone, link, item },
  ...{ choice: option((name, wanted) => name === wanted), multiChoice: option((name, wanted) => name === wanted) },
};

const digits: Check = ({ value }) =>
  fitsIf(/^[\d.+-]*$/.test(String(value)), 'fit-number', value, 'some of the digits of a number');
const wordChecks: Readonly<Partial<Record<FieldKind, Check>>> = {
  number: digits,
  phone: ({ value }) =>
    fitsIf(
      /^[\d\s().+/-]*(;ext=\d*)?$/.test(String(value)),
      'fit-phone',
      value,
      'some of the digits of a phone number',
    ),
  choice: option((name, wanted) => name.includes(wanted)),
  multiChoice: option((name, wanted) => name.includes(wanted)),
};

/** Fields whose values are names that the workspace knows. */
const named1: Readonly<Record<string, (value: unknown, scope: NameScope) => Fault>> = {
  stage: (value, { stageCodes }) => oneOf(value, stageCodes),
  pipeline: (value, { pipelines }) => oneOf(value, pipelines),
  currency: (value) => fitsIf(isKnownCurrency(String(value)), 'fit-currency', value, 'a currency such as EUR'),
};

function oneOf(value: unknown, known: readonly string[] | undefined): Fault {
  const wanted = foldedText(String(value));
  if (known === undefined || known.some((name) => foldedText(name) === wanted)) return null;
  const options = known.slice(0, MOST_SHOWN).join(', ');
  return fault('fit-option', `There is no "${String(value)}" here; expected one of ${options}`, {
    value: String(value),
    options,
  });
}

function changeMisfits(part: ConditionPart, scope: NameScope): readonly Misfit[] {
  if (!isRecord(part.value)) return [];
  const { from, to } = part.value;
  const isOne = from !== undefined && !Array.isArray(from) && specOfPath(part.field, scope)?.multiple !== true;
  if (isOne) {
    const same = sameEnds(part, [from, to]);
    if (same.length > 0) return same;
  }
  return Object.entries(part.value).flatMap(([side, given]) => {
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    return values.flatMap((value) => {
      // Null means empty.
      const misfit = isEmpty(value) ? null : misfit1(value, part, { scope, asked: 'same' });
      return misfit === null ? [] : [{ ...misfit, path: ['value', side] }];
    });
  });
}

/** What begins where it ends: a change that changes nothing, a time of day that is over at once. */
function sameEnds({ matchCase }: ConditionPart, [from, to]: readonly unknown[]): readonly Misfit[] {
  const plain = (value: unknown) => (isEmpty(value) ? '' : textOf(shown(value), matchCase === true));
  if (to === undefined || Array.isArray(to) || plain(from) !== plain(to)) return [];
  const value = isEmpty(from) ? '' : shown(from);
  const message = `Both are "${value}": expected two that differ`;
  return [{ path: ['value'], code: 'same-ends', message, params: { value } }];
}

// Two words can be told apart whenever they are asked; a word and a day only then.
function orderMisfits(part: ConditionPart, scope: NameScope): readonly Misfit[] {
  const [least, most] = listOf(part.value);
  const words = [parseDateWords(least), parseDateWords(most)];
  if (words.filter((one) => one !== undefined).length === 1) return [];
  const [low, high] = words.every((one) => one !== undefined)
    ? words.map((one) => resolveDateWords(one, SOME_MOMENT, 'UTC'))
    : [least, most];
  const kind = kindOfPath(part.field, scope) ?? null;
  // A plain number is in the currency of whatever it is compared with.
  if (kind === 'money' && hasCurrency(low) !== hasCurrency(high)) return [];
  const workspace = { timeZone: 'UTC', currency: '', rates: {}, language: 'en', calendar: null };
  const { order } = compareValues(low, high, { kind, matchCase: false, workspace, currency: '', at: SOME_MOMENT });
  if (order === null || !(order > 0)) return [];
  const message = `Nothing lies between ${shown(least)} and ${shown(most)}: the first must not be greater`;
  return [{ path: ['value'], code: 'fit-order', message, params: { from: shown(least), to: shown(most) } }];
}

const hasCurrency = (value: unknown) => shown(value).trim().includes(' ');

const SOME_MOMENT = Date.UTC(2026, 5, 15);
