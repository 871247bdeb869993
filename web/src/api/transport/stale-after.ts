import { isTopic, type Topic } from '@signalbox/contract/topics.ts';

export interface Stale {
  /** Queries, by the first word of their key. */
  readonly all?: readonly string[];
  /** Queries of the one that the event's id names: the words of their key before the id. */
  readonly own?: readonly (readonly string[])[];
}

/** Which queries are stale after something of a topic has happened. A topic that is missing here does not compile. */
export const staleAfter: Readonly<Record<Topic, Stale>> = {
  items: {
    all: ['board', 'items', 'client-items', 'stats'],
    own: [['item'], ['access', 'items'], ['timeline'], ['history'], ['signals'], ['runs'], ['messages'], ['undo']],
  },
  timeline: { all: ['board'], own: [['timeline'], ['messages']] },
  runs: { all: ['board', 'stats', 'planned'], own: [['runs'], ['signals'], ['timeline'], ['undo']] },
  deliveries: { all: ['planned'], own: [['messages'], ['timeline'], ['runs'], ['undo']] },
  signals: { all: ['signals', 'stats'] },
  contacts: {
    all: ['clients', 'board', 'item'],
    own: [
      ['client', 'contact'],
      ['access', 'contacts'],
    ],
  },
  companies: {
    all: ['clients', 'board', 'item'],
    own: [
      ['client', 'company'],
      ['access', 'companies'],
    ],
  },
  emails: { all: ['sandbox', 'held-mail', 'trusted'] },
  calls: { all: ['calls'] },
  'live-calls': { all: ['live-calls'] },
  sandbox: { all: ['sandbox'] },
  tasks: { all: ['tasks', 'timeline', 'planned'], own: [['task']] },
  notifications: { all: ['notifications', 'me'] },
  boards: { all: ['automation', 'versions', 'stats'] },
  pipelines: { all: ['pipelines', 'board'] },
  fields: { all: ['fields'] },
  'item-types': { all: ['item-types', 'pipelines', 'fields'] },
  channels: { all: ['channels', 'references', 'dialling'] },
  currencies: { all: ['currencies', 'me'] },
  people: { all: ['users', 'departments', 'me', 'roles', 'access'] },
  departments: { all: ['departments', 'users'] },
  eyes: { all: ['me'] },
  rights: {
    all: [
      ...['me', 'users', 'roles', 'access', 'items', 'board', 'pipelines', 'fields'],
      ...['item', 'history', 'signals', 'clients', 'client'],
    ],
  },
};

export interface Happening {
  readonly topic: string;
  readonly kind: string;
  readonly id: number;
}

/** Whether any of what happened makes a query stale; topics that are not known here do nothing. */
export function isStale(queryKey: readonly unknown[], happenings: readonly Happening[]): boolean {
  return happenings.some((happening) => {
    const { all = [], own = [] } = staleOf(happening.topic);
    return all.some((name) => name === queryKey[0]) || own.some((prefix) => isOwn(queryKey, { prefix, ...happening }));
  });
}

function staleOf(topic: string): Stale {
  return isTopic(topic) ? staleAfter[topic] : {};
}

// Of very many, and of several that are told at once, nobody says which.
function isOwn(queryKey: readonly unknown[], { prefix, kind, id }: Happening & { prefix: readonly string[] }): boolean {
  const begins = prefix.every((word, place) => queryKey[place] === word);
  return begins && (kind === 'many' || id === 0 || Number(queryKey[prefix.length]) === id);
}
