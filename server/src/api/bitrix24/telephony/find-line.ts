import { type Line, lineOf } from '../../../channels/phone/lines/line.ts';
import { partyOf } from '../../../channels/phone/lines/party.ts';
import { listChannels, type StoredChannel } from '../../../connections/channels.store.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import type { Tx } from '../../../platform/db.ts';
import { coreError } from './in-caller.ts';

export const PROVIDER = 'bitrix24';
const MOST_LINES = 1_000;

/** The lines that connectors have added, or somebody in the settings. */
export async function listRestLines(tx: Tx): Promise<StoredChannel[]> {
  const lines = await listChannels(tx, { kind: 'phone-line', limit: MOST_LINES });
  return lines.filter(({ provider }) => provider === PROVIDER);
}

/** By its number as it was added, or the same number in another writing. */
export async function findRestLine(tx: Tx, number: string): Promise<StoredChannel | undefined> {
  const [lines, home] = [await listRestLines(tx), await loadCountry(tx)];
  const asPhone = partyOf(number, home);
  const isSame = (one: StoredChannel) =>
    one.settings.number === number || (asPhone !== null && lineOf(one, home).number === asPhone);
  return lines.find((one) => one.settings.number === number) ?? lines.find(isSame);
}

/** The line that a call names, else the first; throws RestError for one that is not there or is switched off. */
export async function getCallLine(tx: Tx, number: string | undefined): Promise<Line> {
  const asked = number === undefined || number === '' ? undefined : await findRestLine(tx, number);
  const line = asked ?? (await listRestLines(tx)).find(({ enabled }) => enabled);
  if (line === undefined)
    throw coreError('There is no line: call telephony.externalLine.add, or add one in Settings, Phone lines');
  if (!line.enabled) throw coreError(`The line ${line.name} is switched off in Settings, Phone lines`);
  return lineOf(line, await loadCountry(tx));
}
