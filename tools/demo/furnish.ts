import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';

export interface Visitor {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
}

const person = { name: 'Anna Nowak', email: 'anna@northwind.example', password: 'a demo password' };

/** A company with sample deals, a colleague, and a board whose triggers move them. */
export async function furnish(place: Place): Promise<Visitor> {
  const setup = await fetch(`${place.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: place.url },
    body: JSON.stringify({
      ...person,
      workspaceName: 'Northwind Joinery',
      currency: 'EUR',
      language: 'en',
      sampleData: true,
    }),
  });
  if (!setup.ok) throw new Error(`setup: ${setup.status} ${await setup.text()}`);
  const cookie = setup.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const apiKey = await makeKey(place, cookie);
  const furnished = { ...place, apiKey };
  await call(furnished, 'POST', '/users', {
    email: 'piotr@northwind.example',
    name: 'Piotr Zielinski',
    role: 'employee',
  });
  await call(furnished, 'PUT', `/automation/deal/${await findPipeline(furnished)}`, await makeBoard(furnished));
  return { email: person.email, password: person.password, apiKey };
}

async function makeKey({ url }: Place, cookie: string): Promise<string> {
  const headers = { cookie, origin: url, 'content-type': 'application/json' };
  const me = z.object({ id: z.number() }).parse(await (await fetch(`${url}/api/v1/me`, { headers })).json());
  const made = await fetch(`${url}/api/v1/users/${me.id}/keys`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'Demo' }),
  });
  return z.object({ key: z.string() }).parse(await made.json()).key;
}

const pipelines = z.object({
  data: z.array(
    z.object({ id: z.number(), name: z.string(), stages: z.array(z.object({ code: z.string(), kind: z.string() })) }),
  ),
});

async function dealPipeline(place: Place) {
  const [first] = pipelines.parse(await call(place, 'GET', '/pipelines?type=deal')).data;
  if (first === undefined) throw new Error('there is no deal pipeline');
  return first;
}

async function findPipeline(place: Place): Promise<string> {
  return encodeURIComponent((await dealPipeline(place)).name);
}

async function makeBoard(place: Place) {
  const { name, stages } = await dealPipeline(place);
  const open = stages.filter(({ kind }) => kind === 'open').map(({ code }) => code);
  const at = (index: number) => open[Math.min(index, open.length - 1)];
  const won = stages.find(({ kind }) => kind === 'won')?.code;
  return {
    type: 'deal',
    pipeline: name,
    triggers: [
      { on: 'email/sent', stage: at(2), name: 'We wrote to the client' },
      { on: 'email/opened', stage: at(3), name: 'Client read the offer' },
      { on: 'email/received', stage: at(4), name: 'Client answered' },
      { on: 'apps/webhook', stage: won, name: 'Paid in the shop', settings: { code: 'paid' } },
    ],
    rules: [
      {
        do: 'alerts/notify',
        stage: at(3),
        settings: { text: '{{ client.name }} is reading: {{ item.title }}', recipients: ['responsible'] },
      },
      { do: 'alerts/comment', stage: at(4), settings: { text: 'The client has answered. Call within an hour.' } },
      {
        do: 'clients/email',
        stage: won,
        settings: { subject: 'Thank you', text: 'Good day, {{ client.name }}, we have your payment.' },
      },
    ],
  };
}
