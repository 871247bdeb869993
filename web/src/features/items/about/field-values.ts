import type { Field } from '@signalbox/contract/fields.ts';
import type { Item, ItemPatch } from '@signalbox/contract/items.ts';
import { idsOf, moneyOf, type Value } from '../../../controls/fields/values.ts';

// Where the standard fields stand in an item, and how a change of them is said.
interface Place {
  get: (item: Item) => Value;
  set?: (value: Value) => ItemPatch;
}

const places: Record<string, Place> = {
  amount: {
    get: ({ amount, currency }) => (amount === null ? null : { amount: String(amount), currency: currency ?? '' }),
    set: (value) => {
      const money = moneyOf(value);
      return money ? { amount: money.amount, currency: money.currency || null } : { amount: null };
    },
  },
  responsible: {
    get: ({ responsible }) => responsible?.id ?? null,
    set: (value) => ({ responsible: typeof value === 'number' ? value : null }),
  },
  observers: {
    get: ({ observers }) => observers.map(({ id }) => id),
    set: (value) => ({ observers: idsOf(value) }),
  },
  creator: { get: ({ creator }) => creator?.id ?? null },
  createdAt: { get: ({ createdAt }) => createdAt },
};

export const readValue = (item: Item, { code }: Field): Value => places[code]?.get(item) ?? item.fields[code] ?? null;

export const patchOf = ({ code }: Field, value: Value): ItemPatch =>
  places[code]?.set?.(value) ?? { fields: { [code]: value } };
