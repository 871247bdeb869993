import { describe, expect, it } from 'vitest';
import { bindBoard } from '../../engine/binding/bind.ts';
import { checkBoard } from '../../engine/checks/check.ts';
import { pathText } from '../../kit/settings/problems.ts';
import { anna, makeBoard, makeSource } from '../../testing.ts';
import { runRule, type World } from '../../testing-ports.ts';
import { convertLead } from './convert-lead.ts';

const made = { dealId: 5, contactId: 6, companyId: null };
const making: World = {
  ports: (effects) => ({
    making: {
      createItem: async () => ({ itemId: 0 }),
      convertLead: async (wish) => {
        effects.push(['convertLead', wish]);
        return made;
      },
    },
  }),
};
const usual = {
  ...{ pipeline: null, stage: null, contact: { name: 'Windows' }, company: null },
  ...{ deal: { title: 'Windows', responsibleId: anna.id }, byId: anna.id },
};

describe('items/convert-lead', () => {
  it.each([
    ['a contact and a deal called as the lead', {}, {}],
    ['what is chosen alone', { deal: false }, { deal: null }],
    [
      'names of their own',
      { company: true, companyName: '{{ client.name }} Ltd', contactName: 'Jan', title: ' A deal ' },
      {
        company: { name: 'Jan Kowalski Ltd' },
        contact: { name: 'Jan' },
        deal: { title: 'A deal', responsibleId: anna.id },
      },
    ],
    ['no company without a name', { company: true, companyName: '{{ company.name }}' }, {}],
    ['a deal elsewhere', { pipeline: 'Sales', stage: 'NEW' }, { pipeline: 'Sales', stage: 'NEW' }],
  ])('makes %s', async (_what, settings, given) => {
    const { effects, outputs } = await runRule(convertLead, settings, making);
    expect([effects, outputs]).toEqual([[['convertLead', { ...usual, ...given }]], made]);
  });

  it.each([
    [{ contact: false, deal: false }, 'settings.deal nothing-made'],
    [{ company: true }, 'settings.companyName required'],
  ])('does not take %j', (settings, problem) => {
    const parsed = convertLead.parse(settings);
    expect(parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${pathText(path)} ${code}`)).toEqual([problem]);
  });

  const rule = { id: 'convert', do: 'items/convert-lead', stage: 'WARM' };
  const file = (type: string, more: readonly object[] = []) => ({ type, rules: [rule, ...more] });

  it('stands on boards of leads alone', () => {
    const codes = (type: string) => bindBoard(makeSource(file(type))).problems.map(({ code }) => code);
    expect([codes('lead'), codes('deal'), codes('quote')]).toEqual([[], ['not-for-type'], ['not-for-type']]);
  });

  it('is known to send the lead to its won stage, unless it stands on one', () => {
    const below = { id: 'late', do: 'alerts/notify', settings: { text: 'Hi' } };
    const found = (stage: string) => {
      const rules = [
        { ...rule, stage },
        { ...below, stage },
      ];
      return checkBoard(makeBoard({ type: 'lead', rules })).map(({ code, ids }) => [code, ids]);
    };
    expect([found('WARM'), found('WON')]).toEqual([[['cancelled-mostly', ['late', 'convert']]], []]);
  });
});
