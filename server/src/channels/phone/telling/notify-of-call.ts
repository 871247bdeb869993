import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { insertNotifications } from '../../../collaboration/notifications/notifications.store.ts';
import { findLanguage } from '../../../people/employees.store.ts';
import { findStandIn } from '../../../people/stand-in.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { findCallNames, listResponsible } from '../kept/call-names.store.ts';
import type { StoredCall } from '../kept/calls.store.ts';
import type { Line } from '../lines/line.ts';
import strings from './notify-of-call.strings.json' with { type: 'json' };

type Occasion = 'missed' | 'incoming' | 'outgoing';

const phrases: Spoken<Readonly<Record<Occasion | 'withheld' | 'left', string>>> = strings;

interface Told {
  readonly itemIds: readonly number[];
  readonly line: Pick<Line, 'name' | 'employees' | 'responsible'>;
}

/** The responsible hear of a missed call, and of one that a colleague had with their client; nobody hears of their own. */
export async function notifyOfCall(tx: Tx, call: StoredCall, { itemIds, line }: Told): Promise<void> {
  const occasion = occasionOf(call);
  if (occasion === null) return;
  const { client, employee } = await findCallNames(tx, call);
  const heard = new Set<string>();
  for (const { employeeId, itemId } of await whoHears(tx, { occasion, itemIds, line })) {
    if (employeeId === call.employee_id && occasion !== 'missed') continue;
    const told = await findStandIn(tx, employeeId);
    const spoken = told === undefined ? undefined : await findLanguage(tx, told.id);
    if (told === undefined || spoken === undefined || heard.has(`${told.id} ${itemId}`)) continue;
    heard.add(`${told.id} ${itemId}`);
    const words = phrases[parseLanguage(spoken)];
    const parts = { client: client ?? call.number ?? words.withheld, line: line.name, name: employee ?? '' };
    const said = fillIn(words[occasion], { ...parts, time: minutesOf(call.talk_seconds ?? 0) });
    const text = told.insteadOf === null ? said : fillIn(words.left, { said, name: told.insteadOf });
    const at = call.ended_at ?? call.started_at;
    await insertNotifications(tx, [{ employeeId: told.id, text, senderId: null, itemId, runId: null, at }]);
  }
}

function occasionOf({ state, direction, employee_id: employee }: StoredCall): Occasion | null {
  if (state === 'missed') return 'missed';
  return state === 'ended' && employee !== null ? direction : null;
}

interface Asked extends Told {
  readonly occasion: Occasion;
}

// A missed call that stands on no item concerns whoever answers the line.
async function whoHears(tx: Tx, { occasion, itemIds, line }: Asked): Promise<Hearer[]> {
  if (itemIds.length > 0) return listResponsible(tx, itemIds);
  if (occasion !== 'missed') return [];
  const people = line.responsible ? [line.responsible] : line.employees.map(({ employee }) => employee);
  return people.map((employeeId) => ({ employeeId, itemId: null }));
}

interface Hearer {
  readonly employeeId: number;
  readonly itemId: number | null;
}

function minutesOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
