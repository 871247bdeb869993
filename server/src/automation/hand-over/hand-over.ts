import type { Holdings } from '@signalbox/contract/people/hand-over.ts';
import { z } from 'zod';
import { record } from '../../audit/record.ts';
import { listEveryChannel, type StoredChannel, updateChannel } from '../../connections/channels.store.ts';
import { findEmployee } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { announce } from '../../platform/realtime.ts';
import { saveBoard } from '../editing/save-board.ts';
import type { Acting } from '../moves/acting.ts';
import { changeItem } from '../moves/change-item.ts';
import { listBoardsNaming, withAddress } from './boards-of.ts';
import { countHeld, giveClients, giveHeadship, giveTasks, listItemsOf } from './holdings.store.ts';

/** What somebody is responsible for. */
export async function listHoldings(tx: Tx, employeeId: number): Promise<Holdings> {
  const { email } = await getEmployee(tx, employeeId);
  const channels = (await listEveryChannel(tx)).filter(({ settings }) => isNamedBy(settings, employeeId));
  const boards = await listBoardsNaming(tx, email);
  return {
    ...(await countHeld(tx, employeeId)),
    channels: channels.map(({ name }) => name),
    rules: boards.map(({ name, count }) => ({ pipeline: name, count })),
  };
}

/** In one transaction: each is a save with its history and its signal. */
const ITEMS_AT_ONCE = 200;

/**
 * Another employee takes over: the channels, the rules that name the person, whom they supervise and head, the clients, and of the items as
 * many as one transaction holds. Asked again it goes on where it stopped.
 */
export async function handOver(
  tx: Tx,
  acting: Acting,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ items: number; left: number }> {
  if (from === to) throw invalidAt('to', 'same-person', 'Somebody else has to take over');
  const [leaving, heir] = [await getEmployee(tx, from), await getEmployee(tx, to)];
  await giveChannels(tx, { from, to });
  await giveRules(tx, acting, { from: leaving.email, to: heir.email });
  await giveHeadship(tx, { from, to });
  await giveClients(tx, { from, to, now: acting.now });
  const tasks = await giveTasks(tx, { from, to, byId: acting.byId, now: acting.now });
  if (tasks > 0) announce(tx, { topic: 'tasks', kind: 'changed', task: 0 });
  const itemIds = await listItemsOf(tx, from, ITEMS_AT_ONCE);
  for (const itemId of itemIds) await changeItem(tx, acting, { itemId, changes: { responsible: to } });
  const { items: left } = await countHeld(tx, from);
  const on = { kind: 'person', id: from, name: leaving.name } as const;
  await record(tx, { kind: 'work-handed-over', on, params: { to: heir.name, items: itemIds.length } });
  announce(tx, { topic: 'people', kind: 'changed', employee: from });
  return { items: itemIds.length, left };
}

async function getEmployee(tx: Tx, id: number) {
  const found = await findEmployee(tx, workspaceOf(tx), id);
  if (found === undefined) throw notFound(`User ${id}`);
  return found;
}

async function giveChannels(tx: Tx, { from, to }: { from: number; to: number }): Promise<void> {
  for (const channel of await listEveryChannel(tx)) {
    const { settings } = channel;
    if (!isNamedBy(settings, from)) continue;
    const given: Settings = {
      ...settings,
      ...(settings.responsible === from && { responsible: to }),
      ...answeredBy(settings, { from, to }),
    };
    await updateChannel(tx, { ...channel, settings: given });
    announce(tx, { topic: 'channels', kind: 'changed', channel: channel.id });
  }
}

type Settings = StoredChannel['settings'];

const employees = z.array(z.object({ employee: z.number(), extension: z.string().default('') })).catch([]);

function isNamedBy(settings: Settings, employeeId: number): boolean {
  return (
    settings.responsible === employeeId ||
    employees.parse(settings.employees).some(({ employee }) => employee === employeeId)
  );
}

// The phone on the desk rings on: whoever takes over has its extension, unless they have one of their own on the line.
function answeredBy(settings: Settings, { from, to }: { from: number; to: number }): Settings {
  const named = employees.parse(settings.employees);
  if (!named.some(({ employee }) => employee === from)) return {};
  const isThere = named.some(({ employee }) => employee === to);
  return {
    employees: named
      .filter(({ employee }) => !isThere || employee !== from)
      .map((one) => (one.employee === from ? { ...one, employee: to } : one)),
  };
}

async function giveRules(tx: Tx, acting: Acting, { from, to }: { from: string; to: string }): Promise<void> {
  for (const board of await listBoardsNaming(tx, from))
    await saveBoard(tx, acting, {
      ...{ address: board.address, raw: withAddress(board, from, to) },
      ...{ ifVersion: null, moveTo: null, cancelRuns: false, dryRun: false },
    });
}
