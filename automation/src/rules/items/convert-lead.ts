import './port.ts';
import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { pipelineOrFirst, stageThere } from '../../kit/settings/elsewhere.ts';
import { person, template, toggle } from '../../kit/settings/fields.ts';
import strings from './convert-lead.strings.json' with { type: 'json' };

/** A contact, a company and a deal of a lead, which goes to its won stage (rules.md). */
export const convertLead = defineRule({
  key: 'items/convert-lead',
  icon: 'handshake',
  group: 'items',
  writesToClients: false,
  only: ['lead'],
  uses: ['people', 'making'],
  leaves: ['item', 'client', 'fields', 'stage'],
  fields: {
    contact: toggle(true),
    contactName: template(),
    company: toggle(),
    companyName: template(),
    deal: toggle(true),
    pipeline: pipelineOrFirst('deal'),
    stage: stageThere('deal'),
    title: template(),
    responsible: person(),
    onBehalfOf: person(),
  },
  outputs: { dealId: 'item', contactId: 'number', companyId: 'number' },
  strings,
  example: { company: true, companyName: '{{ item.title }}', title: '{{ item.title }}' },
  causes: () => [{ won: true }],
  check: ({ contact, company, deal, companyName }) => [
    ...(contact || company || deal
      ? []
      : [{ path: ['deal'], code: 'nothing-made', message: 'Choose what is made: a contact, a company or a deal' }]),
    ...(company && companyName.trim() === ''
      ? [{ path: ['companyName'], code: 'required', message: 'Give the name of the company' }]
      : []),
  ],
  async run(settings, { ports, facts: { item } }) {
    const ownTitle = String(item.values.title);
    const [somebody] = await ports.people.resolve([settings.responsible, 'responsible']);
    const { contactName, companyName, title, pipeline, stage } = settings;
    return ports.making.convertLead({
      ...{ pipeline, stage },
      contact: settings.contact ? { name: filledOr(contactName, ownTitle) } : null,
      // Nobody's company is no company.
      company: settings.company && companyName.trim() !== '' ? { name: companyName.trim() } : null,
      deal: settings.deal ? { title: filledOr(title, ownTitle), responsibleId: somebody?.id ?? null } : null,
      byId: await actingId(ports.people, settings.onBehalfOf),
    });
  },
});

function filledOr(text: string, otherwise: string): string {
  return text.trim() === '' ? otherwise : text.trim();
}
