import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { choice, people, person } from '../../kit/settings/fields.ts';
import { Impossible } from '../../kit/words/impossible.ts';
import { because } from '../../kit/words/reasons.ts';
import strings from './observers.strings.json' with { type: 'json' };

/** Observers of the item are added, removed or replaced (rules.md). */
export const observers = defineRule({
  key: 'items/observers',
  icon: 'eye',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'items'],
  leaves: ['fields'],
  fields: {
    people: people({ required: true }),
    how: choice(['add', 'remove', 'replace'], 'add'),
    onBehalfOf: person(),
  },
  outputs: {},
  strings,
  example: { people: ['head:Sales'], how: 'add' },
  causes: () => [{ kind: 'item.changed', payload: { changes: [{ field: 'observers' }] } }],
  async run(settings, { ports, facts: { item } }) {
    const meant = (await ports.people.resolve(settings.people)).map(({ id }) => id);
    // Nobody to remove is nothing to do; nobody to add is a mistake of the settings.
    if (meant.length === 0 && settings.how !== 'remove') throw new Impossible(because('nobody-to-choose'));
    const before = [item.values.observers].flat().filter((id) => typeof id === 'number');
    const value = [...new Set(ways[settings.how](before, meant))];
    const byId = await actingId(ports.people, settings.onBehalfOf);
    await ports.items.change({ changes: [{ field: 'observers', value, mode: 'replace' }], byId });
    return {};
  },
});

type Way = (before: readonly number[], meant: readonly number[]) => readonly number[];

const ways: Readonly<Record<'add' | 'remove' | 'replace', Way>> = {
  add: (before, meant) => [...before, ...meant],
  remove: (before, meant) => before.filter((id) => !meant.includes(id)),
  replace: (_before, meant) => meant,
};
