import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import { parseDecimal } from './decimal.ts';
import { type FieldKind, type FieldSpec, type FieldValue, isEmpty, isMoney, type Scalar } from './values.ts';

interface Target {
  /** Undefined: a field without a spec takes what it is given. */
  readonly spec: FieldSpec | undefined;
  readonly field: string;
  /** For amounts that name none. */
  readonly currency: string;
}

/** What a field stores for a rendered value, by the field's kind; throws `Impossible` when it can't be that. */
export function coerceValue(value: FieldValue, target: Target): FieldValue {
  if (target.spec?.readOnly === true) throw new Impossible(because('field-fixed', { field: target.field }));
  const takesList = target.spec?.multiple === true || target.spec?.kind === 'multiChoice';
  if (isEmpty(value)) return takesList ? [] : null;
  if (!takesList) return coerceOne(isList(value) ? (value[0] ?? null) : value, target);
  return (isList(value) ? value : [value]).map((one) => coerceOne(one, target));
}

type Coerce = (value: Scalar, target: Target) => Scalar | undefined;

function coerceOne(value: Scalar, target: Target): Scalar {
  const kind = target.spec?.kind;
  const coerced = kind === undefined ? value : (byKind[kind] ?? asText)(value, target);
  if (coerced === undefined)
    throw new Impossible(because('misfit', { value: shownAs(value), field: target.field, kind: kind ?? '' }));
  return coerced;
}

const asText: Coerce = (value) => shownAs(value);

function asNumber(value: Scalar): number | undefined {
  const number = typeof value === 'boolean' || isMoney(value) ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function asId(value: Scalar): Scalar {
  const id = asNumber(value);
  return id === undefined ? shownAs(value) : id;
}

// `contact:5` or `company:7`; a number alone is a contact's.
function asClient(value: Scalar, { spec }: Target): Scalar {
  return typeof value === 'number' && spec?.custom === true ? `contact:${value}` : asId(value);
}

// Nothing that a browser would run.
function asLink(value: Scalar): string | undefined {
  const text = shownAs(value).trim();
  return /^https?:\/\/[^\s/]+\S*$/i.test(text) ? text : undefined;
}

function asMoney(value: Scalar, { currency }: Target): Scalar | undefined {
  if (isMoney(value)) return value;
  const [amount = '', named = currency] = shownAs(value).replaceAll('\u00a0', ' ').trim().split(/\s+/);
  return parseDecimal(amount) === undefined ? undefined : { amount, currency: named };
}

function asDate(value: Scalar): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(shownAs(value))?.[0];
}

function asDateTime(value: Scalar): string | undefined {
  const text = shownAs(value);
  return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(text) ? text.replace(' ', 'T') : undefined;
}

function asYesNo(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = shownAs(value).toLowerCase();
  if (['true', 'yes', 'y', '1', 'on'].includes(text)) return true;
  return ['false', 'no', 'n', '0', 'off'].includes(text) ? false : undefined;
}

function asChoice(value: Scalar, { spec }: Target): string | undefined {
  const text = shownAs(value);
  const options = spec?.options ?? [];
  return options.length === 0 ? text : options.find((option) => option.value === text || option.name === text)?.value;
}

const byKind: Readonly<Partial<Record<FieldKind, Coerce>>> = {
  number: asNumber,
  money: asMoney,
  date: asDate,
  dateTime: asDateTime,
  yesNo: asYesNo,
  choice: asChoice,
  multiChoice: asChoice,
  person: asId,
  client: asClient,
  item: asId,
  file: asId,
  link: asLink,
};

function shownAs(value: Scalar): string {
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
