import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../outside/client.ts';
import type { Fault } from './fault.ts';

const OTHERS_WITHIN_MS = 15_000;

/** The mail server of the outside answers a letter at a time: whatever else leaves meanwhile must not wait for it. */
export const drippingPeer: Fault = {
  name: 'a peer that drips',
  longMs: 20_000,
  async happen({ place, sink, complain }, forMs) {
    sink.drip(true);
    try {
      const end = Date.now() + forMs;
      const before = await sandboxMail(place);
      const began = Date.now();
      while (Date.now() < end) {
        await sleep(250);
        if ((await sandboxMail(place).catch(() => before)) !== before) return await rest(end);
        if (Date.now() - began > OTHERS_WITHIN_MS) {
          complain(`no mail of another mailbox left within ${OTHERS_WITHIN_MS / 1000} s while a peer dripped`);
          return await rest(end);
        }
      }
      return true;
    } finally {
      sink.drip(false);
    }
  },
};

async function rest(end: number): Promise<true> {
  await sleep(Math.max(0, end - Date.now()));
  return true;
}

/** What the newest of it is called: while signals pour in, rules write without end. */
async function sandboxMail(place: Parameters<typeof call>[0]): Promise<string> {
  return JSON.stringify(await call(place, 'GET', '/sandbox/mail?limit=1'));
}
