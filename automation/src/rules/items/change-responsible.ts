import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import type { PeoplePort } from '../../kit/definitions/ports.ts';
import { choice, people, person, toggle } from '../../kit/settings/fields.ts';
import { Impossible } from '../../kit/words/impossible.ts';
import { because } from '../../kit/words/reasons.ts';
import strings from './change-responsible.strings.json' with { type: 'json' };

/** Another employee becomes responsible: the first, one at random, in turn, or the least loaded of those chosen. */
export const changeResponsible = defineRule({
  key: 'items/change-responsible',
  icon: 'user-round-cog',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'items'],
  leaves: ['fields'],
  fields: {
    people: people({ required: true }),
    choose: choice(['first', 'random', 'inTurn', 'leastLoaded'], 'first'),
    skipAbsent: toggle(),
    onBehalfOf: person(),
  },
  outputs: {},
  strings,
  example: { people: ['department:Sales'], choose: 'leastLoaded', skipAbsent: true },
  causes: () => [{ kind: 'item.changed', payload: { changes: [{ field: 'responsible' }] } }],
  async run(settings, { ports, facts }) {
    const ids = (await ports.people.resolve(settings.people)).map(({ id }) => id);
    const present = settings.skipAbsent ? await withoutAbsent(ports.people, ids) : ids;
    const [first] = present;
    if (first === undefined) throw new Impossible(because('nobody-responsible'));

    const toId = await choosers[settings.choose](ports.people, present, first);
    if (toId === facts.item.responsible?.id) return {};
    await ports.items.changeResponsible({ toId, byId: await actingId(ports.people, settings.onBehalfOf) });
    return {};
  },
});

type Choose = (people: PeoplePort, ids: readonly number[], first: number) => Promise<number>;

const choosers: Readonly<Record<'first' | 'random' | 'inTurn' | 'leastLoaded', Choose>> = {
  first: async (_people, _ids, first) => first,
  random: (port, ids) => port.random(ids),
  inTurn: (port, ids) => port.nextInTurn(ids),
  leastLoaded: (port, ids) => port.leastLoaded(ids),
};

async function withoutAbsent(port: PeoplePort, ids: readonly number[]): Promise<readonly number[]> {
  const absent = await port.absent(ids);
  return ids.filter((id) => !absent.includes(id));
}
