import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { call, insist } from '../outside/client.ts';
import type { Place } from '../outside/server.ts';

export interface Client {
  readonly item: number;
  readonly address: string;
}

export interface Poured {
  readonly signals: string[];
  readonly mails: string[];
  /** Tries beyond the first: the fact may have been taken and its answer lost. */
  repeats: number;
}

export interface Pouring {
  /** Clients side by side. */
  readonly width: number;
  /** Each waits up to twice this long before the next, at random; asked each time with how many clients still wait. */
  pauseMs(waiting: number): number;
  isOver(): boolean;
}

/** For each client a webhook call over HTTP and then an e-mail over SMTP. */
export async function pour(
  place: Place,
  clients: readonly Client[],
  { width, pauseMs, isOver }: Pouring,
): Promise<Poured> {
  const poured: Poured = { signals: [], mails: [], repeats: 0 };
  const waiting = [...clients];
  const worker = async () => {
    for (let client = waiting.shift(); client !== undefined && !isOver(); client = waiting.shift()) {
      await pourOne(place, client, poured);
      if (!isOver()) await sleep(Math.random() * 2 * pauseMs(waiting.length));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return poured;
}

async function pourOne(place: Place, { item, address }: Client, poured: Poured): Promise<void> {
  const sourceKey = `chaos-${item}`;
  const signal = { kind: 'webhook.called', item, sourceKey, payload: { code: 'go' } };
  poured.repeats += (await insist(() => call(place, 'POST', '/signals', signal))) - 1;
  poured.signals.push(sourceKey);

  const messageId = `<chaos-${item}@client.test>`;
  poured.repeats += (await insist(() => sendMail(place, address, messageId))) - 1;
  poured.mails.push(messageId);
}

async function sendMail(place: Place, from: string, messageId: string): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: place.smtpPort,
    ignoreTLS: true,
    connectionTimeout: 5_000,
    socketTimeout: 10_000,
  });
  try {
    const date = new Date('2026-01-05T10:00:00Z');
    await transport.sendMail({
      from,
      to: 'sales@sandbox.test',
      subject: 'I am interested',
      text: 'Tell me more.',
      messageId,
      date,
    });
  } finally {
    transport.close();
  }
}
