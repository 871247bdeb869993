import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { ImportColumn, ImportTarget } from '@signalbox/contract/imports.ts';
import { plainWords } from '../plain-words.ts';
import { isRounded } from '../read-cell.ts';
import { isAddressLabel, isAnothers } from './address-headers.ts';
import { guessKind } from './guess-kind.ts';
import { isOwnExport, ownTarget, severalTargets, targetsNamed } from './target-headers.ts';

export interface SourceColumn {
  readonly header: string;
  /** Without the empty ones. */
  readonly values: readonly string[];
}

interface Guessing {
  readonly target: ImportTarget;
  readonly columns: readonly SourceColumn[];
  /** The target's custom fields. */
  readonly fields: readonly FieldSpec[];
}

/**
 * By the header in five languages and the words of other programs, then by the values; what nothing fits becomes a field of
 * its own. What is standard goes before the fields that somebody made.
 */
export function guessMapping({ target, columns, fields }: Guessing): ImportColumn[] {
  if (isOwnExport(columns.map(({ header }) => header))) return exactly({ target, columns, fields });
  const named = namedTargets(target, columns);
  const several = new Set([...severalTargets, ...fields.filter(takesSeveral).map(({ code }) => code)]);
  const taken = new Set(named.values());
  const free = (to: string | undefined) => (to === undefined || (taken.has(to) && !several.has(to)) ? undefined : to);
  return columns.map((source, column) => {
    const kind = guessKind(source.values, source.header);
    const to =
      named.get(column) ??
      free(fieldNamed(source.header, fields)) ??
      byValues(source, { kind, target, taken }) ??
      (source.values.length === 0 || isLeftOut(source) ? '' : 'new');
    if (to !== '' && to !== 'new') taken.add(to);
    return { column, to, ...(to === 'new' && { kind }) };
  });
}

/** The columns of our own export; of two of one name the second is the field that somebody called so. */
function exactly({ target, columns, fields }: Guessing): ImportColumn[] {
  const seen = new Set<string>();
  const headers = columns.map(({ header }) => header);
  return columns.map(({ header, values }, column) => {
    const standard = seen.has(header) ? undefined : ownTarget(header, target, headers);
    seen.add(header);
    const to = standard ?? fields.find(({ code }) => code === header)?.code;
    if (to !== undefined || values.length === 0) return { column, to: to ?? '' };
    return { column, to: 'new', kind: guessKind(values, header) };
  });
}

/** The columns that are standard by their headers: of those that could be one, the one that is called so most plainly. */
function namedTargets(target: ImportTarget, columns: readonly SourceColumn[]): ReadonlyMap<number, string> {
  const candidates = columns.flatMap((source, column) =>
    targetsNamed(source.header, target)
      .filter(({ to }) => fitsValues(to, source))
      .map((named) => ({ column, ...(isKeyNotName(named.to, source, columns) ? contactKey : named) })),
  );
  candidates.sort((a, b) => a.rank - b.rank);
  const found = new Map<number, string>();
  const taken = new Set<string>();
  for (const { column, to } of candidates) {
    if (found.has(column) || (taken.has(to) && !severalTargets.has(to))) continue;
    found.set(column, to);
    taken.add(to);
  }
  return found;
}

function fitsValues(to: string, { values }: SourceColumn): boolean {
  if (to !== 'key') return true;
  // A key names one row; a few are there twice in real files. Those that were cut are told, not taken for a name.
  const whole = values.filter((value) => !isRounded(value));
  return new Set(whole).size >= whole.length * 0.75;
}

const contactKey = { to: 'contact.key', rank: -1 };

// Some exports have the client's number in the column of its name; ours says which is which.
function isKeyNotName(to: string, { values }: SourceColumn, columns: readonly SourceColumn[]): boolean {
  if (to !== 'contact.name' || columns.some(({ header }) => header === 'contact.key')) return false;
  return values.length > 0 && values.every((value) => /^\d{6,}$/.test(value));
}

function fieldNamed(header: string, fields: readonly FieldSpec[]): string | undefined {
  const words = plainWords(header);
  const names = ({ name }: FieldSpec) => (typeof name === 'string' ? [name] : Object.values(name));
  return fields.find((field) => field.code === header || names(field).some((one) => plainWords(one) === words))?.code;
}

// What kind of address another column holds; a pipeline that is the same in every row, since it is chosen for the file.
function isLeftOut({ header, values }: SourceColumn): boolean {
  if (isAddressLabel(header) || header === 'pipeline') return true;
  return /(^| )pipeline$/.test(plainWords(header)) && new Set(values).size === 1;
}

interface ByValues {
  readonly kind: string;
  readonly target: ImportTarget;
  readonly taken: ReadonlySet<string>;
}

function byValues({ header }: SourceColumn, { kind, target, taken }: ByValues): string | undefined {
  if ((kind !== 'email' && kind !== 'phone') || isAnothers(plainWords(header))) return undefined;
  const to = target === 'contact' || target === 'company' ? kind : `contact.${kind}`;
  return taken.has(to) ? undefined : to;
}
