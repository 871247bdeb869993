import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import type { Sink } from './faults/sink.ts';
import type { Client } from './pour.ts';

const withId = z.object({ id: z.number() });

/** A board whose two stages do something of every sort: at once, in a chain, later, to the sandbox and to the outside. */
export async function makeBoard(place: Place, sink: Sink): Promise<void> {
  const outside = await call(place, 'POST', '/channels', {
    kind: 'mailbox',
    provider: 'smtp',
    name: 'Outside',
    settings: { address: 'sales@outside.test', smtpHost: '127.0.0.1', smtpPort: sink.port, smtpSecurity: 'none' },
  });
  const mailbox = withId.parse(outside).id;
  await call(place, 'PUT', '/automation/deal/Chaos', {
    type: 'deal',
    pipeline: 'Chaos',
    stages: [
      { code: 'NEW', name: 'New', kind: 'open' },
      { code: 'WARM', name: 'Warm', kind: 'open' },
      { code: 'HOT', name: 'Hot', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [
      { id: 'called', on: 'apps/webhook', stage: 'WARM', settings: { code: 'go' } },
      { id: 'wrote', on: 'email/received', stage: 'HOT' },
    ],
    rules: [...warmRules(mailbox), ...hotRules()],
  });
}

function warmRules(mailbox: number) {
  const letter = { subject: 'About {{ item.title }}', text: 'Good day, {{ client.name }}.' };
  return [
    {
      id: 'tell',
      do: 'alerts/notify',
      stage: 'WARM',
      settings: { text: '{{ item.title }} is warm', recipients: ['responsible'] },
    },
    { id: 'say', do: 'alerts/comment', stage: 'WARM', order: 'after previous', settings: { text: 'Warm.' } },
    { id: 'write', do: 'clients/email', stage: 'WARM', settings: letter },
    { id: 'write-outside', do: 'clients/email', stage: 'WARM', settings: { ...letter, from: mailbox } },
  ];
}

/** A wait for a condition that another rule makes true a second later, and what is behind it. */
function waitingRules() {
  const kept = { stage: 'HOT', onLeave: 'keep' };
  const condition = { field: 'title', is: 'contains', value: 'marked' };
  return [
    {
      ...{ ...kept, id: 'mark', do: 'items/modify', time: { after: '1 seconds' } },
      settings: { changes: [{ field: 'title', value: '{{ item.title }}, marked' }] },
    },
    { ...kept, id: 'wait', do: 'flow/wait', settings: { until: 'condition', condition, deadline: '1 days' } },
    {
      ...{ ...kept, id: 'say-waited', do: 'alerts/comment', order: 'after previous' },
      settings: { text: 'Waited: {{ rules.wait.outcome }}' },
    },
  ];
}

function hotRules() {
  return [
    ...waitingRules(),
    {
      id: 'tell-hot',
      do: 'alerts/notify',
      stage: 'HOT',
      settings: { text: '{{ item.title }} is hot', recipients: ['responsible'] },
    },
    {
      id: 'say-late',
      do: 'alerts/comment',
      stage: 'HOT',
      time: { after: '1 seconds' },
      onLeave: 'keep',
      settings: { text: 'Hot for a second.' },
    },
    {
      id: 'write-hot',
      do: 'alerts/email-employee',
      stage: 'HOT',
      settings: { subject: 'Hot', text: '{{ item.title }}', to: ['responsible'] },
    },
  ];
}

/** Deals on the first stage, each with a client of its own. */
export async function makeClients(place: Place, count: number): Promise<Client[]> {
  const clients: Client[] = [];
  for (let i = 0; i < count; i += 1) {
    const address = `client${i}@client.test`;
    const contact = withId.parse(
      await call(place, 'POST', '/contacts', {
        firstName: 'Client',
        lastName: String(i),
        emails: [address],
        phones: [],
      }),
    );
    const item = withId.parse(
      await call(place, 'POST', '/items', {
        type: 'deal',
        pipeline: 'Chaos',
        title: `Deal ${i}`,
        amount: 1000 + i,
        contact: contact.id,
      }),
    );
    clients.push({ item: item.id, address });
  }
  return clients;
}
