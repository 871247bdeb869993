import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';
import { watchPace } from './pace.ts';

/** What people who have nothing to do with an attack got done meanwhile. */
export interface Neighbours {
  /** Of an unrelated request every now and then, in time on the wall. */
  readonly p99Ms: number;
  /** Of these requests as well: what the server's main thread did between question and answer, and how long it waited for a processor, which others had. */
  readonly p99WorkMs: number;
  readonly p99QueuedMs: number;
  /** How many times as much processor time as on idle processors the same work took meanwhile, in a thread of the neighbours' own. */
  readonly pace: number;
  readonly answered: number;
  /** A signal that moved a deal, whose rule wrote to the client, whose mail left: how often, and the longest from beginning to end. */
  readonly jobs: number;
  readonly slowestJobMs: number;
  /** Letters of an honest sender that were taken in. */
  readonly letters: number;
}

const PIPELINE = 'Neighbours';
const withId = z.object({ id: z.number() });
const mails = z.object({ data: z.array(z.object({ subject: z.string().nullish() })) });

/** A board on which a signal moves a deal, and a rule then writes to its client. Answers the client. */
export async function settle(place: Place): Promise<number> {
  await call(place, 'PUT', `/automation/deal/${PIPELINE}`, {
    ...{ type: 'deal', pipeline: PIPELINE },
    stages: [
      { code: 'HERE', name: 'Here', kind: 'open' },
      { code: 'THERE', name: 'There', kind: 'open' },
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [{ id: 'called', on: 'apps/webhook', stage: 'THERE', settings: { code: 'go' } }],
    rules: [
      { id: 'write', do: 'clients/email', stage: 'THERE', settings: { subject: '{{ item.title }}', text: 'Hello.' } },
    ],
  });
  const contact = { name: 'Nina', emails: ['nina@neighbour.test'] };
  return withId.parse(await call(place, 'POST', '/contacts', contact)).id;
}

export interface House {
  readonly place: Place;
  /** Of the server. */
  readonly pid: number;
  readonly contact: number;
}

const machine = watchPace();

/** A busy machine may let an answer wait: what is slow is told by the figures. */
const ask = (place: Place, method: string, path: string, body?: unknown) =>
  call(place, method, path, body, { withinMs: 120_000 });

/** An attack that lasts minutes is looked at a hundred times for each tenfold of its time: the looking itself is work. */
const SELDOMER = 0.02;

/** They work until told to stop; fails when any of it fails. In a process of their own (see ask-neighbours.ts). */
export function startNeighbours({ place, contact, pid }: House): { stop(): Promise<Neighbours> } {
  let isOver = false;
  // What was before does not count.
  const from = machine.since();
  const again = async (everyMs: number, one: () => Promise<void>): Promise<Took[]> => {
    const took: Took[] = [];
    const beganAt = performance.now();
    while (!isOver) {
      const [began, thread] = [performance.now(), threadTimes(pid)];
      await one();
      const now = threadTimes(pid);
      took.push({ ms: performance.now() - began, work: now.work - thread.work, queued: now.queued - thread.queued });
      await sleep(Math.max(everyMs, (performance.now() - beganAt) * SELDOMER));
    }
    return took;
  };
  const working = Promise.all([
    again(25, async () => void (await ask(place, 'GET', '/me'))),
    again(250, () => doJob(place, contact)),
    again(250, () => writeLetter(place)),
  ]);
  // Its failure is told where it is awaited.
  working.catch(() => {});
  return {
    async stop() {
      isOver = true;
      const [asked, jobs, letters] = await working;
      const p99 = (of: (one: Took) => number) => {
        const sorted = asked.map(of).toSorted((a, b) => a - b);
        return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
      };
      return {
        ...{ p99Ms: p99(({ ms }) => ms), p99WorkMs: p99(({ work }) => work), p99QueuedMs: p99(({ queued }) => queued) },
        ...{ answered: asked.length, jobs: jobs.length, letters: letters.length },
        pace: await from.then(() => machine.since()),
        slowestJobMs: Math.max(0, ...jobs.map(({ ms }) => ms)),
      };
    },
  };
}

interface Took {
  readonly ms: number;
  readonly work: number;
  readonly queued: number;
}

// Of the main thread, in milliseconds since it began; nothing where the system does not tell (it is Linux that does).
function threadTimes(pid: number): { work: number; queued: number } {
  try {
    const [work = 0, queued = 0] = fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
    return { work: work / 1e6, queued: queued / 1e6 };
  } catch {
    return { work: 0, queued: 0 };
  }
}

const JOB_WITHIN_MS = 120_000;
const LETTER_WITHIN_MS = 60_000;
// Often enough for a bound of seconds: the looking itself is work for the server.
const LOOKS_AGAIN_MS = 100;
let begun = 0;

async function doJob(place: Place, contact: number): Promise<void> {
  begun += 1;
  const title = `Job ${begun}`;
  const deal = { type: 'deal', pipeline: PIPELINE, title, contact };
  const { id: item } = withId.parse(await ask(place, 'POST', '/items', deal));
  await ask(place, 'POST', '/signals', { kind: 'webhook.called', item, payload: { code: 'go' } });
  for (const deadline = Date.now() + JOB_WITHIN_MS; Date.now() < deadline; await sleep(LOOKS_AGAIN_MS)) {
    const { data } = mails.parse(await ask(place, 'GET', '/sandbox/mail?limit=20'));
    if (data.some(({ subject }) => subject === title)) return;
  }
  throw new Error('a signal of somebody else led to no mail');
}

/** As a mail server does it: what is not taken now is brought again. */
async function writeLetter({ smtpPort }: Place): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  const letter = { from: 'nina@neighbour.test', to: 'sales@sandbox.test', subject: 'Hi', text: 'Hello.' };
  try {
    for (const deadline = Date.now() + LETTER_WITHIN_MS; ; await sleep(LOOKS_AGAIN_MS)) {
      const refusal = await refusalOf(transport.sendMail(letter));
      if (refusal === undefined) return;
      if (Date.now() > deadline || !/\b4\d\d /.test(refusal.message)) throw refusal;
    }
  } finally {
    transport.close();
  }
}

async function refusalOf(sent: Promise<unknown>): Promise<Error | undefined> {
  const [result] = await Promise.allSettled([sent]);
  if (result.status === 'fulfilled') return undefined;
  return result.reason instanceof Error ? result.reason : new Error(String(result.reason));
}
