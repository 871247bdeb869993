import { type Grants, grantsOf, type Reach, type RightVerb } from '@signalbox/contract/people/rights.ts';
import type { Me } from '@signalbox/contract/people/session.ts';
import { useMemo } from 'react';
import { useMe } from './me.ts';

interface Owned {
  readonly responsible: { readonly id: number } | null;
}
interface OwnedItem extends Owned {
  readonly type: string;
  readonly pipeline: number;
}
interface Place {
  readonly type: string;
  readonly pipeline?: number;
}

/** What the reader may do, so that screens offer only what works; the server judges anew (docs/rights.md). */
export function useMay() {
  const me = useMe();
  return useMemo(() => mayOf(me), [me]);
}

export function mayOf({ id, rights, colleagues }: Pick<Me, 'id' | 'rights' | 'colleagues'>) {
  const { items, clients, areas } = rights;
  const department = new Set(colleagues);
  const reaches = (reach: Reach, { responsible }: Owned): boolean => {
    if (reach === 'none' || reach === 'all') return reach === 'all';
    if (responsible === null) return false;
    return reach === 'own' ? responsible.id === id : department.has(responsible.id);
  };
  const rowOf = ({ type, pipeline }: Place) => grantsOf(items, { type, ...(pipeline !== undefined && { pipeline }) });
  const rowsOf = (type: string) => [rowOf({ type }), ...Object.values(items.pipelines)];
  const isWhole = ({ add, change }: Grants) => add === 'all' && change === 'all';
  const item = (one: OwnedItem, verb: RightVerb) => reaches(rowOf(one)[verb], one);
  return {
    administrator: rights.administrator,
    areas,
    item,
    /** One for which oneself is responsible. */
    addItem: (place: Place) => rowOf(place).add !== 'none',
    /** Whatever items there are or will be. */
    changesEverything: [items.all, ...Object.values(items.types), ...Object.values(items.pipelines)].every(
      ({ read, change }) => read === 'all' && change === 'all',
    ),
    /** Numbers over all items of a place are for those who may read them all. */
    readsAll: (place: Place) => rowOf(place).read === 'all',
    exportItems: (type: string) => rowsOf(type).some((row) => row.export !== 'none'),
    /** `tied`: its items, by which it may be reached too. */
    client: (one: Owned, verb: RightVerb, tied: readonly OwnedItem[] = []) => {
      const reach = clients[verb];
      return reaches(reach, one) || (reach !== 'none' && tied.some((other) => item(other, verb)));
    },
    addClient: clients.add !== 'none',
    exportClients: clients.export !== 'none',
    seeClients: clients.read !== 'none',
    /** Files with items of a type, or of a kind of clients. */
    importInto: (target: string) => {
      const isClients = target === 'contact' || target === 'company';
      const ofItems = isClients ? [] : [rowOf({ type: target }), ...Object.values(items.pipelines)];
      return [clients, ...ofItems].every(isWhole);
    },
    /** A new field of a type, or of a kind of clients. */
    addField: (owner: string) => {
      if (areas.settings) return true;
      return owner === 'contact' || owner === 'company'
        ? clients.change === 'all'
        : rowsOf(owner).every((row) => row.change === 'all');
    },
  };
}

export type May = ReturnType<typeof mayOf>;
