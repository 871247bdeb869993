import { bindBoard } from './engine/binding/bind.ts';
import type { BoardSource } from './engine/binding/bind-scope.ts';
import type { Board, Stage } from './engine/board.ts';
import type { Match, TriggerDefinition } from './kit/definitions/define-trigger.ts';
import type { ClientFacts, ItemFacts, PersonFacts, SignalFacts, WorkspaceFacts } from './kit/facts.ts';
import { pathText } from './kit/settings/problems.ts';
import type { FieldSpec } from './kit/values/values.ts';

/** Facts and boards for tests: believable ones, of which a test changes what it is about. */
export const stages: readonly Stage[] = [
  { id: 1, code: 'NEW', name: 'New', kind: 'open', position: 1 },
  { id: 2, code: 'OFFER', name: 'Offer sent', kind: 'open', position: 2 },
  { id: 3, code: 'WARM', name: 'Interested', kind: 'open', position: 3 },
  { id: 4, code: 'WON', name: 'Won', kind: 'won', position: 4 },
  { id: 5, code: 'LOST', name: 'Lost', kind: 'lost', position: 5 },
];

export const fields: readonly FieldSpec[] = [
  { code: 'title', kind: 'text', name: 'Title', custom: false },
  { code: 'amount', kind: 'money', name: 'Amount', custom: false },
  { code: 'responsible', kind: 'person', name: 'Responsible', custom: false },
  { code: 'observers', kind: 'person', name: 'Observers', custom: false, multiple: true },
  { code: 'createdAt', kind: 'dateTime', name: 'Created', custom: false, readOnly: true },
  { code: 'deliveryDate', kind: 'date', name: 'Delivery date', custom: false },
  {
    code: 'source',
    kind: 'choice',
    name: 'Source',
    custom: false,
    options: [
      { value: 'WEB', name: 'Web' },
      { value: 'CALL', name: 'Call' },
    ],
  },
  { code: 'tags', kind: 'text', name: 'Tags', custom: true, multiple: true },
  { code: 'seats', kind: 'number', name: 'Seats', custom: true },
  { code: 'vip', kind: 'yesNo', name: 'VIP', custom: true },
  { code: 'chatId', kind: 'text', name: 'Chat', custom: true },
  { code: 'visitAt', kind: 'dateTime', name: 'Visit', custom: true },
];

export const anna: PersonFacts = {
  id: 11,
  name: 'Anna Nowak',
  email: 'anna@example.com',
  departmentId: 1,
  supervisorId: 12,
  phone: null,
};
export const jan: ClientFacts = {
  kind: 'contact',
  id: 21,
  name: 'Jan Kowalski',
  firstName: 'Jan',
  lastName: 'Kowalski',
  emails: ['jan@client.test'],
  phones: ['+48221234567'],
  fields: {},
};

export const workspace: WorkspaceFacts = {
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  rates: { EUR: '4.30' },
  language: 'en',
  calendar: null,
};

export function makeItem(given: Partial<ItemFacts> = {}): ItemFacts {
  const values = {
    title: 'Windows',
    amount: { amount: '1000', currency: 'PLN' },
    responsible: anna.id,
    createdAt: '2026-11-21T09:00:00Z',
    ...given.values,
  };
  return {
    id: 1,
    type: 'deal',
    pipelineId: 7,
    stageId: 1,
    fields,
    client: jan,
    contact: jan,
    company: null,
    responsible: anna,
    creator: null,
    tied: {},
    ...given,
    values,
  };
}

export function makeSignal(
  kind: string,
  payload: Readonly<Record<string, unknown>> = {},
  given: Partial<SignalFacts> = {},
): SignalFacts {
  return { id: 100, kind, occurredAt: Date.UTC(2026, 10, 21, 10), payload, chain: null, person: null, ...given };
}

/** What to bind: the parts of the file that a test is about. */
export function makeSource(file: Readonly<Record<string, unknown>>, given: Partial<BoardSource> = {}): BoardSource {
  return {
    version: 1,
    pipelineId: 7,
    stages,
    fields,
    language: 'en',
    file: { type: 'deal', pipeline: 'Sales', ...file },
    ...given,
  };
}

export function makeBoard(file: Readonly<Record<string, unknown>>, given: Partial<BoardSource> = {}): Board {
  const { board, problems } = bindBoard(makeSource(file, given));
  if (problems.length > 0)
    throw new Error(problems.map(({ path, message }) => `${pathText(path)}: ${message}`).join('\n'));
  return board;
}

/** What a trigger's settings say to a signal of the item. */
export function hear(
  definition: TriggerDefinition,
  settings: unknown,
  signal: SignalFacts,
  given: { item?: ItemFacts; workspace?: WorkspaceFacts } = {},
): Match {
  const bound = definition.bind(settings);
  if (!bound.ok) throw new Error(bound.problems.map(({ path, message }) => `${pathText(path)}: ${message}`).join('\n'));
  return bound.listener.matches({ signal, item: given.item ?? makeItem(), workspace: given.workspace ?? workspace });
}
