import { isKnownCurrency } from '@signalbox/automation/kit/values/currencies.ts';
import type { CellProblem } from '@signalbox/contract/imports.ts';
import { isGrave } from '../../../crm/csv/read-row.ts';
import { findByKeys } from '../../../crm/csv/record-keys.store.ts';
import { eachInTurn } from '../../../platform/apart/breathe.ts';
import type { Tx } from '../../../platform/db.ts';
import { type CurrentRecord, loadCurrentItems } from './current-records.ts';
import { withoutEchoes } from './echoes.ts';
import { columnOf, type RowInput, textOf, textsOf, type World } from './import-world.ts';
import { findSameIds } from './known-records.store.ts';
import { recordSaid } from './match-clients.ts';
import { withOwnerInField } from './owner-kept.ts';

export interface ItemCandidate {
  readonly given: RowInput;
  readonly key: string | null;
  /** What its id or key says: the item that is here, or a mark of two rows of one. */
  readonly mark: string | null;
  readonly knownId: number | undefined;
  /** What the item is like, of rows that update. */
  readonly current: CurrentRecord | undefined;
}

/** The rows with the items that are here already, by what is sure of itself; others are told by title and client. */
export async function matchItems(tx: Tx, world: World, rows: readonly RowInput[]): Promise<ItemCandidate[]> {
  const { duplicates } = world.plan;
  const { target } = world.job;
  const isKnowing = duplicates !== 'make';
  const bySaid = isKnowing ? await findSameIds(tx, target, rows.map(recordSaid)) : [];
  const keys = isKnowing ? rows.flatMap((given) => textOf(given, 'key') ?? []) : [];
  const byKey = await findByKeys(tx, target, keys);
  const marked = rows.map((given, index) => {
    const key = textOf(given, 'key');
    const said = bySaid[index];
    return {
      ...{ given, key, mark: said === undefined ? (key === null ? null : `key ${key}`) : `id ${said}` },
      knownId: said ?? (key === null ? undefined : byKey.get(key)),
    };
  });
  const ids = duplicates === 'update' ? [...new Set(marked.flatMap(({ knownId }) => knownId ?? []))] : [];
  const currents = await loadCurrentItems(tx, world, ids);
  return eachInTurn(marked, (one) => {
    const current = currents.get(one.knownId ?? 0);
    const said = current === undefined ? one.given : withoutEchoes(world, one.given, current);
    const given = withOwnerInField(world, said);
    return { ...one, current, given: withItemProblems(world, given, one.knownId !== undefined) };
  });
}

/** Whether a row stays out; shared with the preview. */
export function isItemRefused({ plan }: World, { given: { problems } }: ItemCandidate): boolean {
  if (problems.some(({ code }) => code === 'no-title')) return true;
  return plan.badCells === 'refuse' && problems.some(isGrave);
}

/** What a row that can be read still lacks; an item that is here has its title. */
export function withItemProblems(world: World, given: RowInput, isKnown: boolean): RowInput {
  const more = [...stageProblem(world, given), ...currencyProblem(world, given), ...titleProblem(given, isKnown)];
  return { ...given, problems: [...given.problems, ...more] };
}

function stageProblem(world: World, given: RowInput): CellProblem[] {
  const text = textOf(given, 'stage');
  if (text === null || stageCode(world, text) !== undefined) return [];
  return [{ column: columnOf(world, 'stage'), code: 'unknown-stage', text }];
}

/** The stage that a text of the file stands for; it may be named like what every object has. */
export function stageCode({ plan: { stages } }: World, text: string): string | undefined {
  return Object.hasOwn(stages, text) ? stages[text] : undefined;
}

function currencyProblem(world: World, given: RowInput): CellProblem[] {
  const text = textOf(given, 'currency');
  if (text === null || isKnownCurrency(text)) return [];
  return [{ column: columnOf(world, 'currency'), code: 'bad-currency', text }];
}

function titleProblem(given: RowInput, isKnown: boolean): CellProblem[] {
  const title = titleOf(given);
  if (title === null) return isKnown ? [] : [{ column: 0, code: 'no-title', text: '' }];
  return title.length > 500 ? [{ column: 0, code: 'too-long', text: title.slice(0, 80) }] : [];
}

/** What a new item is called. */
export function titleOf(given: RowInput): string | null {
  const [title, contact, company, key] = ['title', 'contact.name', 'company.name', 'key'].map((to) =>
    textOf(given, to),
  );
  return title ?? contact ?? company ?? textsOf(given, 'contact.email')[0] ?? key ?? null;
}
