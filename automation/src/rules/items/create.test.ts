import { describe, expect, it } from 'vitest';
import { bindBoard } from '../../engine/binding/bind.ts';
import { pathText } from '../../kit/settings/problems.ts';
import type { FieldSpec } from '../../kit/values/values.ts';
import { anna, fields, makeItem, makeSource } from '../../testing.ts';
import { piotr, runRule, type World } from '../../testing-ports.ts';
import { create } from './create.ts';

const making: World = {
  people: { 'piotr@example.com': [piotr] },
  item: makeItem({ values: { seats: 3, tags: ['a', 'b'] } }),
  ports: (effects) => ({
    making: {
      createItem: async (wish) => {
        effects.push(['createItem', wish]);
        return { itemId: 77 };
      },
      convertLead: async () => ({ dealId: null, contactId: null, companyId: null }),
    },
  }),
};
const usual = {
  ...{ type: 'invoice', pipeline: null, stage: null, title: 'Windows', values: [], responsibleId: anna.id },
  ...{ keepsClients: true, keepsTie: true, byId: anna.id },
};

describe('items/create', () => {
  it.each([
    ['with its title, its clients and the tie', { type: 'invoice' }, {}],
    ['with a title of its own', { type: 'invoice', title: 'No. {{ item.seats }}' }, { title: 'No. 3' }],
    [
      'with fields as they are, or written',
      {
        type: 'invoice',
        fields: [
          { field: 'labels', from: 'tags' },
          { field: 'note', value: '{{ item.title }}!' },
          { field: 'empty', from: 'vip' },
        ],
      },
      {
        values: [
          { field: 'labels', value: ['a', 'b'] },
          { field: 'note', value: 'Windows!' },
          { field: 'empty', value: null },
        ],
      },
    ],
    [
      'elsewhere, by somebody else, alone',
      {
        ...{ type: 'quote', pipeline: 'Offers', stage: 'DRAFT', keepTie: false, keepClients: false },
        responsible: 'piotr@example.com',
      },
      {
        ...{ type: 'quote', pipeline: 'Offers', stage: 'DRAFT', responsibleId: piotr.id },
        ...{ keepsClients: false, keepsTie: false },
      },
    ],
  ])('makes an item %s', async (_how, settings, given) => {
    const { effects, outputs } = await runRule(create, settings, making);
    expect([effects, outputs]).toEqual([[['createItem', { ...usual, ...given }]], { itemId: 77 }]);
  });

  it.each([
    [{}],
    [{ type: ' ' }],
    [{ type: 'invoice', fields: [{ field: 'a' }] }],
    [{ type: 'invoice', fields: [{ field: 'a', from: 'b', value: 'c' }] }],
    [{ type: 'invoice', fields: [{ field: '', from: 'b' }] }],
  ])('does not take %j', (settings) => expect(create.parse(settings).ok).toBe(false));

  const ofInvoice: readonly FieldSpec[] = [
    ...fields.filter(({ custom }) => !custom),
    { code: 'scan', kind: 'file', name: 'Scan', custom: true },
    { code: 'count', kind: 'number', name: 'Count', custom: true },
  ];
  const known = {
    tiedFields: { deal: fields, invoice: ofInvoice },
    pipelinesOf: { deal: [], invoice: [{ id: 4, name: 'Invoices', stages: ['DRAFT', 'SENT'] }] },
  };
  const told = (settings: object) =>
    bindBoard(makeSource({ rules: [{ do: 'items/create', stage: 'WARM', settings }] }, known)).problems.map(
      ({ path, code }) => [pathText(path.slice(2)), code],
    );

  it.each<[object, string[][]]>([
    [{ type: 'invoice', pipeline: 'Invoices', stage: 'SENT', fields: [{ field: 'count', from: 'seats' }] }, []],
    [{ type: 'invoice', stage: 'SENT' }, []],
    [{ type: 'contract' }, [['settings.type', 'unknown-type']]],
    [{ type: 'constructor' }, [['settings.type', 'unknown-type']]],
    [{ type: 'invoice', pipeline: 'Sales' }, [['settings.pipeline', 'unknown-pipeline']]],
    [{ type: 'invoice', stage: 'WON' }, [['settings.stage', 'no-such-stage']]],
    [{ type: 'invoice', fields: [{ field: 'nope', from: 'title' }] }, [['settings.fields[0].field', 'unknown-name']]],
    [{ type: 'invoice', fields: [{ field: 'createdAt', from: 'title' }] }, [['settings.fields[0].field', 'read-only']]],
    [{ type: 'invoice', fields: [{ field: 'count', from: 'nope' }] }, [['settings.fields[0].from', 'unknown-name']]],
    [{ type: 'invoice', fields: [{ field: 'count', from: 'vip' }] }, [['settings.fields[0].from', 'never-fits']]],
    [{ type: 'invoice', fields: [{ field: 'scan', from: 'title' }] }, [['settings.fields[0].from', 'never-fits']]],
    [{ type: 'invoice', fields: [{ field: 'count', from: 'tags' }] }, [['settings.fields[0].from', 'never-fits']]],
    [{ type: 'invoice', fields: [{ field: 'count', value: 'many' }] }, [['settings.fields[0].value', 'fit-number']]],
    [{ type: 'invoice', fields: [{ field: 'count', value: '{{ item.seats }}' }] }, []],
    [{ type: 'invoice', fields: [{ field: 'count', value: '{{ item.nope }}' }] }, [['settings.fields', 'template']]],
    [
      {
        type: 'invoice',
        fields: [
          { field: 'count', value: 1 },
          { field: 'count', value: 2 },
        ],
      },
      [['settings.fields[1].field', 'repeated']],
    ],
  ])('a board with %j is told %j', (settings, problems) => expect(told(settings)).toEqual(problems));
});
