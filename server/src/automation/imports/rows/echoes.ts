import { plainCell } from '../../../crm/csv/plain-cell.ts';
import type { CurrentRecord } from './current-records.ts';
import type { RowInput, World } from './import-world.ts';

/** A row without the cells that only say what the record is already: they change nothing, so nothing is wrong with them. */
export function withoutEchoes(
  { columns }: Pick<World, 'columns'>,
  given: RowInput,
  { texts }: CurrentRecord,
): RowInput {
  const echoes = columns.filter(({ column, to }) => {
    const cell = given.row.cells[column];
    const isAlone = columns.every((other) => other.column === column || other.to !== to);
    return isAlone && cell !== undefined && texts[to]?.some((text) => text.trim() === plainCell(cell).trim());
  });
  const said = new Set(echoes.map(({ to }) => to));
  const read = new Set(echoes.map(({ column }) => column));
  return {
    ...given,
    values: Object.fromEntries(Object.entries(given.values).filter(([to]) => !said.has(to))),
    problems: given.problems.filter(({ column }) => !read.has(column)),
  };
}
