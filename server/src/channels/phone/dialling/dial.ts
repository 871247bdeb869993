import type { dialBody } from '@signalbox/contract/channels/calls.ts';
import type { z } from 'zod';
import { accessItem } from '../../../access/access-item.ts';
import { listEveryChannel, type StoredChannel } from '../../../connections/channels.store.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import { putInOutbox } from '../../../outbox/put-in-outbox.ts';
import type { Caller } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { conflict } from '../../../platform/errors.ts';
import { invalidAt } from '../../../platform/http/field-errors.ts';
import { applyCallEvent } from '../calls/apply-call-event.ts';
import { setOutbox } from '../kept/calls.store.ts';
import { answersLine, type Line, lineOf } from '../lines/line.ts';
import { partyOf } from '../lines/party.ts';
import { orderId } from './order-id.ts';

interface Dialling {
  readonly caller: Caller;
  readonly body: z.output<typeof dialBody>;
  /** Providers that can ring a phone. */
  readonly dials: ReadonlySet<string>;
  readonly now: Date;
}

/** A click on a number: the call is there at once, and the exchange is asked to make it. 409 `cannot-dial` where none can. */
export async function dial(tx: Tx, { caller, body, dials, now }: Dialling): Promise<number> {
  if (body.item !== undefined) await accessItem(tx, caller, body.item, 'change');
  const line = (await listDialling(tx, caller.employeeId, dials)).find(
    ({ id }) => body.line === undefined || id === body.line,
  );
  if (line === undefined)
    throw conflict('cannot-dial', 'None of your lines can call by itself; dial the number on your telephone');
  const number = partyOf(body.number, line.country);
  if (number === null)
    throw invalidAt('number', 'no-phone-number', 'This is no telephone number: write it in international form');
  const { employeeId } = caller;
  const event = {
    ...{ sourceCallId: orderId(), kind: 'ringing' as const, at: now, direction: 'outgoing' as const },
    ...{ number, employee: { id: employeeId } },
  };
  const { callId } = await applyCallEvent(tx, line, event, { now, itemId: body.item ?? null });
  if (callId === null) throw new Error('an outgoing call is kept');
  const subject = { itemId: body.item ?? null, runId: null };
  const outboxId = await putInOutbox(tx, { kind: 'dial', channelId: line.id, subject, at: now });
  await setOutbox(tx, callId, outboxId);
  return callId;
}

/** The lines on which somebody may have a number called, those that name them first. */
export async function listDialling(tx: Tx, employeeId: number, dials: ReadonlySet<string>): Promise<Line[]> {
  const home = await loadCountry(tx);
  const lines = (await listEveryChannel(tx))
    .filter((channel) => isDialling(channel, dials))
    .map((one) => lineOf(one, home));
  const named = ({ employees }: Line) => employees.some(({ employee }) => employee === employeeId);
  const mine = lines.filter((line) => answersLine(line, employeeId));
  return [...mine.filter(named), ...mine.filter((line) => !named(line))];
}

function isDialling({ kind, provider, enabled }: StoredChannel, dials: ReadonlySet<string>): boolean {
  return kind === 'phone-line' && enabled && dials.has(provider);
}
