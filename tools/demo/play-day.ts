import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';

const items = z.object({ data: z.array(z.object({ id: z.number() })) });
const mails = z.object({
  data: z.array(z.object({ id: z.number(), to: z.array(z.string()), subject: z.string().optional() })),
});
const BETWEEN_MS = 4_000;

/** Deal after deal: an offer is sent, scanned by a machine, read, answered, paid – a step every few seconds. */
export async function playDay(place: Place, isOver: () => boolean): Promise<void> {
  const { data } = items.parse(await call(place, 'GET', '/items?type=deal&limit=50'));
  for (const { id } of data) {
    for (const step of steps) {
      await sleep(BETWEEN_MS);
      if (isOver()) return;
      // A deal without a client's address, or one that a visitor has just deleted, is no reason to stop the day.
      await step(place, id).catch((error: unknown) => process.stderr.write(`skipped a step: ${error}\n`));
    }
  }
}

const steps: readonly ((place: Place, item: number) => Promise<unknown>)[] = [
  (place, item) =>
    call(place, 'POST', `/items/${item}/emails`, {
      subject: `Our offer (${item})`,
      html: '<p>Good day, here is <a href="https://northwind.example/offer">our offer</a>.</p>',
    }),
  async (place, item) => visit(place, item, 'open', { as: 'mimecast' }),
  async (place, item) => visit(place, item, 'open', { as: 'person' }),
  async (place, item) =>
    item % 2 === 0 ? visit(place, item, 'reply', { text: 'Sounds good. When can you start?' }) : null,
  async (place, item) =>
    item % 3 === 0
      ? call(place, 'POST', '/signals', { kind: 'webhook.called', item, payload: { code: 'paid' } })
      : null,
];

async function visit(place: Place, item: number, what: 'open' | 'reply', body: object): Promise<unknown> {
  const { data } = mails.parse(await call(place, 'GET', '/sandbox/mail'));
  const mail = data.find(({ subject }) => subject === `Our offer (${item})`);
  return mail === undefined ? null : call(place, 'POST', `/sandbox/mail/${mail.id}/${what}`, body);
}
