import type { CelField } from './reading/read-cel-event.ts';

const names: Readonly<Record<string, string>> = {
  ...{ eventtype: 'eventname', cid_num: 'calleridnum', channame: 'channel', appname: 'application' },
};

/** For tests: the rows of a table as psql prints it, in the order in which they happened. */
export function readCelTable(text: string): { at: Date; field: CelField }[] {
  const lines = text.split('\n').filter((line) => line.includes('|'));
  const [head = '', ...rows] = lines;
  const columns = cellsOf(head).map((name) => names[name] ?? name);
  const read = rows.map((row) => {
    const values = new Map(cellsOf(row).map((cell, index) => [columns[index] ?? '', cell]));
    return { at: timeOf(values.get('eventtime') ?? ''), field: (name: string) => values.get(name) };
  });
  const [first, last] = [read[0], read.at(-1)];
  const isBackwards = first !== undefined && last !== undefined && first.at > last.at;
  return (isBackwards ? read.toReversed() : read).toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim());

// `2021-08-25 09:39:19.989637-04`
function timeOf(text: string): Date {
  const [, day, time, zone = '+00'] = /^(\S+) ([\d:.]+)([+-]\d\d)?(?::?00)?$/.exec(text) ?? [];
  return new Date(`${day}T${padded(time ?? '')}${zone}:00`);
}

const padded = (time: string) => {
  const [whole, part = '0'] = time.split('.');
  return `${whole}.${part.padEnd(3, '0').slice(0, 3)}`;
};
