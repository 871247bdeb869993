import './port.ts';
import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { clientChanges } from '../../kit/settings/elsewhere.ts';
import { choice, person } from '../../kit/settings/fields.ts';
import strings from './modify.strings.json' with { type: 'json' };

/** New values for fields of the item's contact or company (rules.md). */
export const modify = defineRule({
  key: 'clients/modify',
  icon: 'user-pen',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'clients'],
  leaves: ['client-fields'],
  fields: { client: choice(['contact', 'company'], 'contact'), changes: clientChanges(), onBehalfOf: person() },
  outputs: {},
  strings,
  example: { client: 'contact', changes: [{ field: 'responsible', value: 'anna@example.com' }] },
  async run({ client: kind, changes, onBehalfOf }, { ports }) {
    await ports.clients.change({ kind, changes, byId: await actingId(ports.people, onBehalfOf) });
    return {};
  },
});
