import type { RuleDefinition } from './kit/definitions/define-rule.ts';
import type { Ports } from './kit/definitions/ports.ts';
import type { ItemFacts, PersonFacts, Results } from './kit/facts.ts';
import { pathText } from './kit/settings/problems.ts';
import type { PersonRef } from './kit/values/people.ts';
import { anna, makeItem, workspace } from './testing.ts';

export const piotr: PersonFacts = { ...anna, id: 12, name: 'Piotr Lis', email: 'piotr@example.com' };

export interface World {
  /** Who is found for a reference. */
  readonly people?: Readonly<Partial<Record<PersonRef, readonly PersonFacts[]>>>;
  readonly absent?: readonly number[];
  readonly mailboxes?: Readonly<Record<string, number>>;
  readonly item?: ItemFacts;
  readonly results?: Results;
  /** Ports of a family of rules, beside the common ones. */
  ports?(effects: Effects): Partial<Ports>;
}

/** What a rule did, as `[port.method, what]`. */
export type Effects = (readonly [string, unknown])[];

/** Ports that write down what they are asked to do. */
export function makePorts(world: World, effects: Effects): Partial<Ports> {
  const known: World['people'] = { responsible: [anna], ...world.people };
  const note = (name: string) => async (what: unknown) => void effects.push([name, what]);
  return {
    people: {
      resolve: async (refs) => [
        ...new Map(refs.flatMap((ref) => known?.[ref] ?? []).map((person) => [person.id, person])).values(),
      ],
      absent: async (ids) => ids.filter((id) => world.absent?.includes(id)),
      leastLoaded: async (ids) => ids.at(-1) ?? 0,
      random: async (ids) => ids[0] ?? 0,
      nextInTurn: async (ids) => ids.at(-1) ?? 0,
    },
    notifications: { notify: note('notify') },
    timeline: { comment: note('comment') },
    mail: {
      findMailbox: async (mailbox) => world.mailboxes?.[String(mailbox)] ?? null,
      queueToEmployee: async (mail) => {
        effects.push(['queueToEmployee', mail]);
        return { outboxIds: [1] };
      },
      queueToClient: async (mail) => {
        effects.push(['queueToClient', mail]);
        return { emailId: 5 };
      },
    },
    items: {
      change: note('change'),
      changeStage: note('changeStage'),
      changePipeline: note('changePipeline'),
      changeResponsible: note('changeResponsible'),
    },
    ...world.ports?.(effects),
  };
}

/** Runs a rule with settings as saved; what it did and what it gave. */
export async function runRule(
  rule: RuleDefinition,
  raw: unknown,
  world: World = {},
): Promise<{ readonly effects: Effects; readonly outputs: unknown }> {
  const parsed = rule.parse(raw);
  if (!parsed.ok)
    throw new Error(parsed.problems.map(({ path, message }) => `${pathText(path)}: ${message}`).join('\n'));
  const effects: Effects = [];
  const facts = { item: world.item ?? makeItem(), workspace, signal: null, results: world.results ?? {} };
  const outputs = await rule.run(parsed.settings, {
    ports: makePorts(world, effects),
    facts,
    run: { ruleId: 'r1', visitId: 1, now: 0, at: 0, since: 0, hours: [], asked: false },
  });
  return { effects, outputs };
}
