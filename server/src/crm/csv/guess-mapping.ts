import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { ImportColumn, ImportTarget } from '@signalbox/contract/imports.ts';
import { guessKind } from './guess-kind.ts';
import { clientHeaders, itemHeaders, plainWords, typeWords } from './header-words.ts';
import { isRounded } from './read-cell.ts';

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

/** By the header in five languages, then by the values; what nothing fits becomes a field of its own. */
export function guessMapping({ target, columns, fields }: Guessing): ImportColumn[] {
  const taken = new Set<string>();
  // "Lead source" is the source, though "Lead origin" stands before it.
  const reserved = {
    headers: new Set(columns.map(({ header }) => header)),
    targets: new Set(columns.flatMap(({ header }) => findHeader(tableOf(target), plainWords(header)))),
  };
  const free = (to: string | undefined) => (to === undefined || taken.has(to) ? undefined : to);
  return columns.map((source, column) => {
    if (ownHeaders.has(source.header)) return { column, to: '' };
    const kind = guessKind(source.values, source.header);
    const to =
      free(fieldNamed(source.header, fields)) ??
      free(byHeader(source, target, reserved)) ??
      free(byValues(kind, target)) ??
      (source.values.length === 0 ? '' : 'new');
    if (to !== '' && to !== 'new') taken.add(to);
    return { column, to, ...(to === 'new' && { kind }) };
  });
}

// Columns of our own export that say where a row was; where it goes is chosen for the file.
const ownHeaders = new Set(['pipeline', 'itemId', 'clientId']);

function fieldNamed(header: string, fields: readonly FieldSpec[]): string | undefined {
  const words = plainWords(header);
  const names = ({ name }: FieldSpec) => (typeof name === 'string' ? [name] : Object.values(name));
  return fields.find((field) => field.code === header || names(field).some((one) => plainWords(one) === words))?.code;
}

const tableOf = (target: ImportTarget) => (target === 'contact' || target === 'company' ? clientHeaders : itemHeaders);

function byHeader(
  { header, values }: SourceColumn,
  target: ImportTarget,
  reserved: { readonly headers: ReadonlySet<string>; readonly targets: ReadonlySet<string> },
): string | undefined {
  const words = plainWords(header);
  const prefix = (typeWords[target] ?? []).find((word) => words.startsWith(`${word} `));
  const without = prefix === undefined ? [] : findHeader(tableOf(target), words.slice(prefix.length + 1));
  const found = [...findHeader(tableOf(target), words), ...without.filter((to) => !reserved.targets.has(to))];
  // "Company" is a company's own name, and a contact's company.
  const ofCompany = target === 'company' ? undefined : found.find((one) => one === 'company.name');
  const to = ofCompany ?? found.find((one) => one !== 'company.name');
  // Some exports have the client's number in the column of its name; ours says which is which.
  const areNumbers = values.length > 0 && values.every((value) => /^\d{6,}$/.test(value));
  if (to === 'contact.name' && areNumbers && !reserved.headers.has('contact.key')) return 'contact.key';
  // A key names one row; a few are there twice in real files. Those that were cut are told, not taken for a name.
  const whole = values.filter((value) => !isRounded(value));
  return to === 'key' && new Set(whole).size < whole.length * 0.75 ? undefined : to;
}

function findHeader(table: Readonly<Record<string, readonly string[]>>, name: string): string[] {
  return Object.keys(table).filter((to) => table[to]?.includes(name) || plainWords(to) === name);
}

function byValues(kind: string, target: ImportTarget): string | undefined {
  if (kind !== 'email' && kind !== 'phone') return undefined;
  return target === 'contact' || target === 'company' ? kind : `contact.${kind}`;
}
