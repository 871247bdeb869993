import { randomUUID } from 'node:crypto';
import type { callBody } from '@signalbox/contract/channels/calls.ts';
import type { z } from 'zod';
import { accessItem } from '../../../../access/access-item.ts';
import { hasWhole } from '../../../../access/sees-everything.ts';
import { listEveryChannel, type StoredChannel } from '../../../../connections/channels.store.ts';
import { loadCountry } from '../../../../crm/client-book/country.ts';
import { getPersonId } from '../../../../people/employees.store.ts';
import type { Caller } from '../../../../platform/context.ts';
import type { Tx } from '../../../../platform/db.ts';
import { invalidAt } from '../../../../platform/http/field-errors.ts';
import { missingRight } from '../../../../platform/missing-right.ts';
import { applyCallEvent } from '../../calls/apply-call-event.ts';
import { answersLine, byHttp, type Line, lineOf } from '../../lines/line.ts';
import { partyOf } from '../../lines/party.ts';

type Body = z.output<typeof callBody>;

interface Reporting {
  readonly caller: Caller;
  readonly body: Body;
  readonly now: Date;
}

/** A call begins; answers its id. 422 with what to do for a line, a number or a person that is none. */
export async function reportCall(tx: Tx, { caller, body, now }: Reporting): Promise<number> {
  const line = await findLine(tx, body.line);
  const { direction, item = null, number = null, externalId } = body;
  const employeeId = await employeeOf(tx, caller, body);
  await checkMayReport(tx, caller, { line, body, employeeId });
  if (number !== null && partyOf(number, line.country) === null) throw noNumber();
  if (number === null && direction === 'outgoing') throw invalidAt('number', 'required', 'Say which number was called');
  const { callId } = await applyCallEvent(
    tx,
    line,
    {
      ...{ sourceCallId: externalId ?? `api-${randomUUID()}`, kind: 'ringing', at: now, direction, number },
      employee: employeeId === null ? undefined : { id: employeeId },
    },
    { now, itemId: item },
  );
  if (callId === null) throw new Error('a call with a direction is kept');
  return callId;
}

function noNumber() {
  const message = 'This is no telephone number: write it in international form, such as +48 22 123 45 67';
  return invalidAt('number', 'no-phone-number', message);
}

/** By id, name or number; 422 for one that is not there, is switched off, or hears of its calls in another way. */
async function findLine(tx: Tx, asked: Body['line']): Promise<Line> {
  const home = await loadCountry(tx);
  const lines = (await listEveryChannel(tx)).filter(({ kind }) => kind === 'phone-line');
  const channel = lines.find((one) => isMeant(one, asked, home));
  if (channel === undefined)
    throw invalidAt(
      'line',
      'unknown-line',
      `There is no line ${asked}; GET /api/v1/channels?kind=phone-line lists them`,
    );
  if (!channel.enabled)
    throw invalidAt(
      'line',
      'line-off',
      `The line "${channel.name}" is switched off; switch it on in Settings, Phone lines`,
    );
  if (!byHttp.includes(channel.provider))
    throw invalidAt(
      'line',
      'not-by-http',
      `The line "${channel.name}" hears of its calls from ${channel.provider}, not by this route`,
    );
  return lineOf(channel, home);
}

function isMeant(channel: StoredChannel, asked: Body['line'], home: Parameters<typeof lineOf>[1]): boolean {
  if (typeof asked === 'number') return channel.id === asked;
  const { name, number, country } = lineOf(channel, home);
  return name.toLowerCase() === asked.trim().toLowerCase() || (number !== null && number === partyOf(asked, country));
}

// Who is not said to have called, did it themselves.
async function employeeOf(tx: Tx, { workspaceId, employeeId }: Caller, body: Body): Promise<number | null> {
  if (body.employee !== undefined) return getPersonId(tx, workspaceId, body.employee, 'employee');
  return body.direction === 'outgoing' ? employeeId : null;
}

interface Asked {
  readonly line: Line;
  readonly body: Body;
  readonly employeeId: number | null;
}

/** One's own calls on one's own line may be told by everybody; others move items of whoever calls, and take the right to change all. */
async function checkMayReport(tx: Tx, caller: Caller, { line, body, employeeId }: Asked): Promise<void> {
  if (body.item !== undefined) await accessItem(tx, caller, body.item, 'change');
  if (hasWhole(caller.rights, 'change')) return;
  const isOwn = body.direction === 'outgoing' && employeeId === caller.employeeId;
  if (!isOwn || !answersLine(line, caller.employeeId)) throw missingRight('no-item-change');
}
