import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import type { ItemFacts } from '../../kit/facts.ts';
import { coerceValue } from '../../kit/field-kinds/coerce.ts';
import { fieldChanges } from '../../kit/settings/field-values.ts';
import { person } from '../../kit/settings/fields.ts';
import { findFieldSpec } from '../../kit/values/values.ts';
import strings from './modify.strings.json' with { type: 'json' };

/** New values for fields of the item: one save, one signal (semantics.md 4). */
export const modify = defineRule({
  key: 'items/modify',
  icon: 'square-pen',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'items'],
  leaves: ['fields'],
  fields: { changes: fieldChanges(), onBehalfOf: person() },
  outputs: {},
  strings,
  example: { changes: [{ field: 'title', value: '{{ client.name }}, {{ item.amount }}' }] },
  causes: ({ changes }) => [{ kind: 'item.changed', payload: { changes: changes.map(({ field }) => ({ field })) } }],
  async run(settings, { ports, facts: { item, workspace } }) {
    const changes = settings.changes.map((change) => ({
      ...change,
      value: coerceValue(change.value, {
        spec: findFieldSpec(item.fields, change.field),
        field: change.field,
        currency: currencyOf(change.field, item) ?? workspace.currency,
        timeZone: workspace.timeZone,
      }),
    }));
    await ports.items.change({ changes, byId: await actingId(ports.people, settings.onBehalfOf) });
    return {};
  },
});

// A plain number is in the item's own currency, as when a person writes it.
function currencyOf(field: string, { values: { currency } }: ItemFacts): string | undefined {
  return field === 'amount' && typeof currency === 'string' ? currency : undefined;
}
