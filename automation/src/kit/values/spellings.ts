import { isEmail, pieceOfEmail, readableEmail } from './email-addresses.ts';
import { normalLink, pieceOfLink } from './links.ts';
import { foldedText, normalText } from './normal-form.ts';
import { type CountryCode, digitsOf, guessCountry, looksLikePhone, readPhoneNumber } from './phones.ts';
import { type FieldKind, isMoney, type Scalar } from './values.ts';

/** How a text is read: whose spellings are one value (semantics.md 6). */
interface Reading {
  readonly kind: FieldKind | null;
  readonly matchCase: boolean;
  /** What tells the country of its phone numbers. */
  readonly workspace: { readonly timeZone: string; readonly language: string };
}

interface Spelling {
  /** The value in its one form. */
  readonly whole: (text: string, by: Reading) => string;
  /** Where a piece of it is looked for. */
  readonly forms: (text: string, by: Reading) => readonly string[];
  /** A piece, spelled as the forms are. */
  readonly piece: (text: string, by: Reading) => string;
}

/** The value as text in its one form, so that two spellings of one value are one text. */
export function wholeOf(value: unknown, like: unknown, by: Reading): string {
  return spellingOf(like, by).whole(shown(value), by);
}

/** Text for text comparison: the normal form, case folded unless it counts. */
export function textOf(value: unknown, matchCase: boolean): string {
  return matchCase ? normalText(shown(value)) : foldedText(shown(value));
}

/** Whether a text is one of these, each in its one form; those are made once. */
export function oneOf(values: readonly unknown[]): (got: string, by: Reading) => boolean {
  const wholesOf = perSpelling((spelling, by) => new Set(values.map((value) => spelling.whole(shown(value), by))));
  return (got, by) => {
    const spelling = spellingOf(got, by);
    return wholesOf(spelling, by).has(spelling.whole(got, by));
  };
}

/** Whether a value holds one of these pieces, or begins with it. */
export function holdingOneOf(
  pieces: readonly unknown[],
  { atStart }: { readonly atStart: boolean },
): (got: unknown, by: Reading) => boolean {
  const piecesOf = perSpelling((spelling, by) => pieces.map((piece) => spelling.piece(shown(piece), by)));
  return (got, by) => {
    const spelling = spellingOf(got, by);
    const forms = spelling.forms(shown(got), by);
    return piecesOf(spelling, by).some((sought) =>
      forms.some((form) => (atStart ? form.startsWith(sought) : form.includes(sought))),
    );
  };
}

/** What is made of a part's own values: anew only when they are read otherwise. */
function perSpelling<Made>(make: (spelling: Spelling, by: Reading) => Made): typeof make {
  const known = new Map<Spelling, { readonly by: Reading; readonly made: Made }>();
  return (spelling, by) => {
    const last = known.get(spelling);
    if (last !== undefined && last.by.workspace === by.workspace && last.by.matchCase === by.matchCase)
      return last.made;
    const made = make(spelling, by);
    known.set(spelling, { by, made });
    return made;
  };
}

/** The forms of what is more than a text: an address, a number. */
export function otherForms(got: unknown, by: Reading): readonly string[] {
  const spelling = spellingOf(got, by);
  return spelling === text ? [] : spelling.forms(shown(got), { ...by, matchCase: true });
}

/** Whose list it is: the kind of its values, and where numbers without the code of a country belong. */
interface Listed {
  readonly kind: FieldKind;
  readonly country: CountryCode | undefined;
}

/**
 * A list with each value once, the first that stands for it: a telephone number, an e-mail address or a link in two spellings is one
 * value. Of a link only scheme and host are without case: `/dQw4` and `/DQW4` lead to two places.
 */
export const onceEach = <Value extends Scalar>(values: readonly Value[], by: Listed): Value[] =>
  addedTo([], values, by);

/** What a list holds stays as it is; what it has not in any spelling comes behind it, once. */
export function addedTo<Value extends Scalar>(before: readonly Value[], more: readonly Value[], by: Listed): Value[] {
  const known = new Set(before.map((value) => listedForm(value, by)));
  const fresh = more.filter((value) => {
    const form = listedForm(value, by);
    if (known.has(form)) return false;
    known.add(form);
    return true;
  });
  return [...before, ...fresh];
}

function listedForm(value: Scalar, { kind, country }: Listed): string {
  if (isMoney(value)) return `${Number(value.amount)} ${value.currency}`;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (kind === 'link') return `text ${normalLink(value)}`;
  if (kind === 'email' && value.includes('@')) return `text ${readableEmail(value)}`;
  const isPhone = kind === 'phone' && looksLikePhone(normalText(value));
  return `text ${isPhone ? phoneForms(value, country)[0] : value}`;
}

/** How values of this kind are read; free data (a payload, a result) by its looks. What looks like no such value is a text. */
function spellingOf(got: unknown, { kind }: Reading): Spelling {
  if (typeof got !== 'string') return text;
  const looks = kindByLooks[kind ?? 'free'];
  const seen = looks === undefined ? undefined : looks(normalText(got));
  return (seen && spellings[seen]) ?? text;
}

type Spelled = 'phone' | 'email' | 'link';
type Looks = (got: string) => Spelled | undefined;

const isLink = (got: string) => /^https?:\/\//i.test(got);
const kindByLooks: Readonly<Partial<Record<FieldKind | 'free', Looks>>> = {
  phone: (got) => (looksLikePhone(got) ? 'phone' : undefined),
  email: (got) => (got.includes('@') ? 'email' : undefined),
  link: (got) => (isLink(got) ? 'link' : undefined),
  free(got) {
    if (isLink(got)) return 'link';
    if (got.includes('@')) return isEmail(got) ? 'email' : undefined;
    return /^(\+|00)\d/.test(got) && looksLikePhone(got) ? 'phone' : undefined;
  },
};

function shown(value: unknown): string {
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

const inCase = (value: string, { matchCase }: Reading) => (matchCase ? value : value.toLocaleLowerCase('en'));

const text: Spelling = {
  whole: (value, { matchCase }) => textOf(value, matchCase),
  forms: (value, { matchCase }) => [textOf(value, matchCase)],
  piece: (value, { matchCase }) => textOf(value, matchCase),
};

// The case of an address never counts.
const email: Spelling = {
  whole: readableEmail,
  forms: (value) => [readableEmail(value)],
  piece: pieceOfEmail,
};

const link: Spelling = {
  whole: (value, by) => inCase(normalLink(value), by),
  forms: (value, by) => [inCase(normalLink(value), by)],
  piece: (value, by) => inCase(pieceOfLink(value), by),
};

const phone: Spelling = {
  whole: (value, { workspace }) => phoneForms(value, guessCountry(workspace))[0],
  forms: (value, { workspace }) => phoneForms(value, guessCountry(workspace)),
  // Letters are a piece of nothing but what was no number.
  piece: (value, by) => (/[\p{L}]/u.test(value) ? text.piece(value, by) : digitsOf(value)),
};

/** E.164 first; then as it is dialled at home, with and without the 0 before it. */
function phoneForms(value: string, country: CountryCode | undefined): readonly [string, ...string[]] {
  const read = readPhoneNumber(value, country);
  if (read === undefined) return [digitsOf(value)];
  const { number, nationalNumber, extension } = read;
  const ends = extension === undefined ? '' : `;ext=${extension}`;
  return [number + ends, nationalNumber, `0${nationalNumber}`];
}

const spellings: Readonly<Record<Spelled, Spelling>> = { phone, email, link };
