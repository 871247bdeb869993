import { parseYesNo } from '../../field-kinds/yes-no.ts';
import { compareDecimals, parseDecimal } from '../../values/decimal.ts';
import { readableEmail } from '../../values/email-addresses.ts';
import { normalLink } from '../../values/links.ts';
import { textOf } from '../../values/spellings.ts';
import type { FieldKind, FieldSpec } from '../../values/values.ts';

type Apart = (a: string, b: string, spec: FieldSpec | undefined) => boolean;

/** Whether no single value of a field of this kind can equal both, whoever reads it; false also when nobody knows. */
export function areValuesApart(kind: FieldKind, spec: FieldSpec | undefined): (a: unknown, b: unknown) => boolean {
  const apart = tables[kind];
  return (a, b) => apart !== undefined && !isSameText(String(a), String(b)) && apart(String(a), String(b), spec);
}

// A number that somebody stored as such is `5` and `5.0`.
function isSameText(a: string, b: string): boolean {
  if (textOf(a, false) === textOf(b, false)) return true;
  const [one, other] = [parseDecimal(a), parseDecimal(b)];
  return one !== undefined && other !== undefined && compareDecimals(one, other) === 0;
}

const text: Apart = () => true;
const by =
  (form: (text: string) => string): Apart =>
  (a, b) =>
    form(a).toLowerCase() !== form(b).toLowerCase();

const yesNo: Apart = (a, b) => {
  const [one, other] = [parseYesNo(a), parseYesNo(b)];
  return one !== undefined && other !== undefined && one !== other;
};

// An option is also meant by its name.
const option: Apart = (a, b, spec) => {
  const meant = (given: string) =>
    (spec?.options ?? []).filter(({ value, name }) => [value, name].some((known) => isSameText(known, given)));
  const others = meant(b);
  return !meant(a).some((one) => others.includes(one));
};

// The code of the country may be left out of either; an extension stands behind.
const LAST_DIGITS = 5;
const phone: Apart = (a, b) => {
  const [one, other] = [a, b].map((given) => (/^[\d\s().+/-]+$/.test(given) ? given.replace(/\D/g, '') : ''));
  if (one === undefined || other === undefined || Math.min(one.length, other.length) < LAST_DIGITS) return false;
  return one.slice(-LAST_DIGITS) !== other.slice(-LAST_DIGITS);
};

// By their names and addresses two may be one.
const named =
  (id: RegExp): Apart =>
  (a, b) =>
    id.test(a) && id.test(b);

const tables: Readonly<Partial<Record<FieldKind, Apart>>> = {
  ...{ text, address: text, yesNo, choice: option, phone },
  ...{ client: named(/^(contact|company):\d+$/), person: named(/^\d+$/), item: named(/^\d+$/) },
  email: by(readableEmail),
  link: by(normalLink),
};
