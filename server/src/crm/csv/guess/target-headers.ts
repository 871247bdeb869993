import type { ImportTarget } from '@signalbox/contract/imports.ts';
import { plainWords } from '../plain-words.ts';
import { addressNamed } from './address-headers.ts';
import { clientHeaders, clientWords, companyWords, itemHeaders, typeWords } from './header-words.ts';

/** What keeps lists: several columns fill it. */
export const severalTargets: ReadonlySet<string> = new Set(['email', 'phone', 'contact.email', 'contact.phone']);

/** Our own export is known by the column that says which record a row was; its headers are targets and codes, word by word. */
export function isOwnExport(headers: readonly string[]): boolean {
  return headers.includes('itemId') || headers.includes('clientId');
}

/**
 * What a column of our own export is; '' for those that say where a row was: where it goes is chosen for the file. The id is
 * that of the same record only beside the time when it was made.
 */
export function ownTarget(header: string, target: ImportTarget, headers: readonly string[]): string | undefined {
  if (header === (isClient(target) ? 'clientId' : 'itemId') && headers.includes('createdAt')) return 'id';
  if (['pipeline', 'itemId', 'clientId'].includes(header)) return '';
  return Object.hasOwn(tableOf(target), header) ? header : undefined;
}

export interface Named {
  readonly to: string;
  /** How plainly: 0 is the name itself. */
  readonly rank: number;
}

/** What a column may be by its header, in the words of five languages and of other programs. */
export function targetsNamed(header: string, target: ImportTarget): Named[] {
  const words = plainWords(header);
  const own = findHeader(target, words);
  // "Deal stage": the word in front only repeats what the file is about, so a header without it goes first.
  const behind = withoutFirst(words, typeWords[target] ?? []).flatMap((rest) => later(findHeader(target, rest)));
  const ofCompany = withoutFirst(words, companyWords).flatMap((rest) => later(clientTargets(rest, 'company')));
  if (isClient(target)) return ownNameFirst(target, [...own, ...behind, ...ofCompany]);
  const ofContact = withoutFirst(words, clientWords).flatMap((rest) => later(clientTargets(rest, 'contact')));
  return [...own, ...behind, ...ofContact, ...ofCompany];
}

const LATER = 100;
const later = (named: readonly Named[]) => named.map(({ to, rank }) => ({ to, rank: rank + LATER }));

const isClient = (target: ImportTarget) => target === 'contact' || target === 'company';
const tableOf = (target: ImportTarget) => (isClient(target) ? clientHeaders : itemHeaders);

function findHeader(target: ImportTarget, words: string): Named[] {
  const table = tableOf(target);
  const named = Object.keys(table).flatMap((to) => {
    const rank = plainWords(to) === words ? 0 : (table[to] ?? []).indexOf(words);
    return rank < 0 ? [] : [{ to, rank }];
  });
  const address = addressNamed(words);
  return address === undefined ? named : [{ to: isClient(target) ? address : `contact.${address}`, rank: 0 }, ...named];
}

// "Company" is a company's own name, and a contact's company.
function ownNameFirst(target: ImportTarget, named: readonly Named[]): Named[] {
  if (target === 'company') return named.filter(({ to }) => to !== 'company.name' && to !== 'company.key');
  const company = named.filter(({ to }) => to === 'company.name');
  return company.length > 0 ? company : [...named];
}

/** Of a deal's columns that say whose they are: "Contact: Work e-mail", "Company: Company name". */
function clientTargets(words: string, kind: 'contact' | 'company'): Named[] {
  const address = addressNamed(words);
  if (address !== undefined) return kind === 'contact' ? [{ to: `contact.${address}`, rank: 0 }] : [];
  if (kind === 'contact' && itemHeaders['company.name']?.includes(words)) return [{ to: 'company.name', rank: 0 }];
  return (['name', 'key', 'firstName', 'lastName'] as const).flatMap((part) => {
    const to = `${kind}.${part}`;
    const rank = (clientHeaders[part] ?? []).indexOf(words);
    return rank < 0 || !Object.hasOwn(itemHeaders, to) ? [] : [{ to, rank }];
  });
}

/** What is behind each of the words that the text begins with. */
function withoutFirst(words: string, first: readonly string[]): string[] {
  return first.filter((word) => words.startsWith(`${word} `)).map((word) => words.slice(word.length + 1));
}
