import './port.ts';
import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { fieldMapping, itemType, pipelineOrFirst, stageThere } from '../../kit/settings/elsewhere.ts';
import { person, template, toggle } from '../../kit/settings/fields.ts';
import strings from './create.strings.json' with { type: 'json' };

/** An item of another type from this one, its fields filled from here, tied to it (rules.md). */
export const create = defineRule({
  key: 'items/create',
  icon: 'file-plus',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'making'],
  leaves: ['item'],
  fields: {
    type: itemType(),
    pipeline: pipelineOrFirst('chosen'),
    stage: stageThere('chosen'),
    title: template(),
    fields: fieldMapping(),
    responsible: person(),
    keepClients: toggle(true),
    keepTie: toggle(true),
    onBehalfOf: person(),
  },
  outputs: { itemId: 'item' },
  strings,
  example: { type: 'invoice', title: 'Invoice: {{ item.title }}', fields: [{ field: 'amount', from: 'amount' }] },
  async run(settings, { ports, facts: { item } }) {
    const { type, pipeline, stage, keepClients: keepsClients, keepTie: keepsTie } = settings;
    const [somebody] = await ports.people.resolve([settings.responsible, 'responsible']);
    return ports.making.createItem({
      ...{ type, pipeline, stage, keepsClients, keepsTie },
      title: settings.title.trim() === '' ? String(item.values.title) : settings.title,
      values: settings.fields.map((row) => ({
        field: row.field,
        value: 'from' in row ? (item.values[row.from] ?? null) : row.value,
      })),
      responsibleId: somebody?.id ?? null,
      byId: await actingId(ports.people, settings.onBehalfOf),
    });
  },
});
