import { isDated } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import { type Habits, habitsOf } from './habits.ts';
import { type DateOrder, isSerial, judgeDateOrder } from './read-date.ts';
import { type DecimalMark, judgeDecimals } from './read-money.ts';

/** What the cells of a column say about how it is written. */
export interface ColumnEvidence {
  /** Null where no cell is clear. */
  readonly order: DateOrder | null;
  readonly decimal: DecimalMark | null;
  readonly doubt: ColumnDoubt;
}

/** The first cells that can be read in more than one way; null where there are none. */
export interface ColumnDoubt {
  readonly order: string | null;
  readonly decimal: string | null;
  /** The number of a day, as spreadsheets keep them. */
  readonly serial: string | null;
  /** The mark of all cells such as `1.200`. */
  readonly mark: DecimalMark | null;
  readonly isRound: boolean;
}

/** `values` has no empty ones. */
export function judgeColumn(values: readonly string[]): ColumnEvidence {
  const dates = judgeDateOrder(values);
  const numbers = judgeDecimals(values);
  const doubt = { order: dates.sample, decimal: numbers.sample, serial: values.find(isSerial) ?? null };
  return {
    order: dates.order,
    decimal: numbers.decimal,
    doubt: { ...doubt, mark: numbers.doubtful, isRound: numbers.isRound },
  };
}

/** Why a column is read as it is: somebody said so, its clear cells, the chosen locale, or what such columns and the workspace's people write. */
export type ReadBy = 'chosen' | 'cells' | 'locale' | 'habit';

export interface ColumnReading {
  readonly order: DateOrder;
  readonly orderBy: ReadBy;
  readonly decimal: DecimalMark;
  readonly decimalBy: ReadBy;
}

interface Reading {
  readonly kind: FieldKind;
  readonly chosen: { readonly order?: DateOrder | undefined; readonly decimal?: DecimalMark | undefined };
  /** Chosen for the file; its language tag. */
  readonly locale: string | undefined;
  /** The workspace's. */
  readonly home: string;
}

/** A whole column is read one way. */
export function readingOf(evidence: ColumnEvidence, { kind, chosen, locale, home }: Reading): ColumnReading {
  const habits = habitsOf(locale ?? home);
  const otherwise = locale === undefined ? 'habit' : 'locale';
  const order = first<DateOrder>(chosen.order, evidence.order, habits.order, otherwise);
  const decimal = first<DecimalMark>(
    chosen.decimal,
    evidence.decimal,
    locale === undefined ? usualMark(evidence.doubt, kind, habits) : habits.decimal,
    otherwise,
  );
  return { order: order.as, orderBy: order.by, decimal: decimal.as, decimalBy: decimal.by };
}

function first<T>(chosen: T | undefined, cells: T | null, otherwise: T, by: ReadBy): { as: T; by: ReadBy } {
  if (chosen !== undefined) return { as: chosen, by: 'chosen' };
  return cells === null ? { as: otherwise, by } : { as: cells, by: 'cells' };
}

// Nobody has thousandths of money, nor only those that end with 0.
function usualMark({ mark, isRound }: ColumnDoubt, kind: FieldKind, { decimal }: Habits): DecimalMark {
  if (mark === null || !(kind === 'money' || isRound)) return decimal;
  return mark === '.' ? ',' : '.';
}

/** Of what a column of the kind is in doubt, with a cell that shows it. */
export function doubtsOf(
  { doubt }: ColumnEvidence,
  kind: FieldKind,
): { what: 'order' | 'decimal' | 'serial'; sample: string }[] {
  const named = isDated(kind)
    ? ([
        ['order', doubt.order],
        ['serial', doubt.serial],
      ] as const)
    : kind === 'number' || kind === 'money'
      ? ([['decimal', doubt.decimal]] as const)
      : [];
  return named.flatMap(([what, sample]) => (sample === null ? [] : [{ what, sample }]));
}
