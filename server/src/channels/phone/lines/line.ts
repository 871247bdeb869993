import { type CountryCode, normalPhone, readPhoneNumber } from '@signalbox/automation/kit/values/phones.ts';
import { z } from 'zod';
import { findChannel, type StoredChannel } from '../../../connections/channels.store.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import type { Tx } from '../../../platform/db.ts';
import type { EmployeeRef } from '../kept/call-event.ts';
import { withStandIns } from '../kept/stand-ins.store.ts';

const counts = z.enum(['start', 'end']);
const saved = z.object({
  number: z.string().nullish().catch(null),
  employees: z.array(z.object({ employee: z.number(), extension: z.string().default('') })).catch([]),
  incomingCounts: counts.catch('start'),
  outgoingCounts: counts.catch('end'),
  hours: z.enum(['always', 'company']).catch('always'),
  afterHoursCard: z.boolean().catch(false),
  recordings: z.enum(['keep', 'refuse']).catch('keep'),
  keepRecordingsDays: z.number().catch(0),
  responsible: z.number().nullish().catch(null),
});

/** A phone line: a channel of kind `phone-line` with its settings read. */
export interface Line extends Omit<z.infer<typeof saved>, 'number'> {
  readonly id: number;
  readonly name: string;
  readonly provider: string;
  readonly enabled: boolean;
  /** E.164. */
  readonly number: string | null;
  /** Where numbers without a country code belong: the country of its own number, else the workspace's. */
  readonly country: CountryCode | undefined;
}

/** Providers whose calls are told over HTTP: by the sandbox in the browser, or by whoever has a key. */
export const byHttp: readonly string[] = ['sandbox', 'api'];

/** As it answers now (see `withStandIns`); undefined: there is no such line. */
export async function loadLine(tx: Tx, channelId: number): Promise<Line | undefined> {
  const channel = await findChannel(tx, channelId);
  return channel?.kind === 'phone-line' ? withStandIns(tx, lineOf(channel, await loadCountry(tx))) : undefined;
}

export function lineOf({ id, name, provider, enabled, settings }: StoredChannel, home: CountryCode | undefined): Line {
  const { number, ...rest } = saved.parse(settings);
  const own = number ? normalPhone(number, home) : null;
  const country = own === null ? undefined : readPhoneNumber(own, undefined)?.country;
  return { ...rest, id, name, provider, enabled, number: own, country: country ?? home };
}

/** Stands for a line that was deleted while a call went on. */
export function goneLine(id: number): Line {
  return { ...saved.parse({}), id, name: '', provider: '', enabled: false, number: null, country: undefined };
}

/** Which employees of ours they are; who is not known is left out. */
export function employeesOf({ employees }: Pick<Line, 'employees'>, refs: readonly EmployeeRef[]): number[] {
  const ids = refs.flatMap((ref) => {
    if ('id' in ref) return ref.id;
    return employees.find(({ extension }) => extension !== '' && extension === ref.extension)?.employee ?? [];
  });
  return [...new Set(ids)];
}

/** Whether the phone rings for somebody: a line that names nobody rings for everybody. */
export function answersLine({ employees }: Pick<Line, 'employees'>, employeeId: number): boolean {
  return employees.length === 0 || employees.some(({ employee }) => employee === employeeId);
}
