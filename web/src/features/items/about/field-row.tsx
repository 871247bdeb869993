import type { Field } from '@signalbox/contract/fields.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { useSaveItem } from '../../../api/items/items.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { FieldRow } from '../../../controls/fields/field-row.tsx';
import { patchOf, readValue } from './field-values.ts';

/** A field of an item, saved as soon as it is left. */
export function ItemFieldRow({ field, item }: { field: Field; item: Item }) {
  const may = useMay();
  const { mutate, error, isPending, reset } = useSaveItem(item.id);
  return (
    <FieldRow
      fixed={!may.item(item, 'change')}
      field={field}
      value={readValue(item, field)}
      saving={{ save: (value, done) => mutate(patchOf(field, value), { onSuccess: done }), error, isPending, reset }}
    />
  );
}
