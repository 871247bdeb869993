import type { FieldValue, Scalar } from '@signalbox/automation/kit/values/values.ts';
import type { CellProblem } from '@signalbox/contract/imports.ts';
import type { ColumnReading } from './column-reading.ts';
import { plainCell } from './plain-cell.ts';
import { type CellScope, type CellSpec, readCell } from './read-cell.ts';
import { readMoney } from './read-money.ts';

export interface PlannedColumn extends ColumnReading {
  readonly column: number;
  readonly to: string;
  readonly spec: CellSpec;
}

export interface RowScope extends Omit<CellScope, 'order' | 'decimal'> {
  readonly width: number;
}

export interface ReadRow {
  /** By what the column becomes; empty cells are null. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly problems: readonly CellProblem[];
  /** What has cells in the row, and nothing in them. */
  readonly empty: ReadonlySet<string>;
  /** Money without a currency: it got the workspace's. */
  readonly bare: ReadonlySet<string>;
}

/** A row of the file as values; whatever can't be read is left empty and told. */
export function readRow(cells: readonly string[], columns: readonly PlannedColumn[], scope: RowScope): ReadRow {
  const values: Record<string, FieldValue> = {};
  const problems = widthProblem(cells, scope.width);
  const [empty, filled, bare] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { column, to, spec, order, decimal } of columns) {
    const text = plainCell(cells[column] ?? '');
    if (cells[column] !== undefined) (text.trim() === '' ? empty : filled).add(to);
    const read = readCell(text, spec, { ...scope, order, decimal });
    if (spec.kind === 'money' && readMoney(text, decimal)?.currency === undefined) bare.add(to);
    if (read.code !== undefined) problems.push({ column, code: read.code, text: inShort(text) });
    values[to] = together(values[to], read.value);
  }
  return { values, problems, bare, empty: new Set([...empty].filter((to) => !filled.has(to))) };
}

/** Several columns may fill a list. */
function together(before: FieldValue | undefined, more: FieldValue): FieldValue {
  if (before === undefined || before === null) return more;
  return more === null ? before : [...listOf(before), ...listOf(more)];
}

const listOf = (value: FieldValue): readonly Scalar[] => (isList(value) ? value : [value]);
const isList = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value);

/** What keeps a row out when bad cells do; the rest is only noted. */
export function isGrave({ code }: CellProblem): boolean {
  return !soft.has(code);
}

const soft = new Set([
  'unknown-person',
  'unknown-contact',
  'unknown-company',
  'short-row',
  'rounded-phone',
  'more-clients',
]);

function widthProblem(cells: readonly string[], width: number): CellProblem[] {
  if (cells.length < width) return [{ column: cells.length, code: 'short-row', text: '' }];
  const more = cells.slice(width).join('').trim();
  return more === '' ? [] : [{ column: width, code: 'too-many-cells', text: inShort(more) }];
}

const MOST_LETTERS = 200;

/** A cell may be as long as the file; nobody reads that beside its reason. */
export function inShort(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)}…`;
}
