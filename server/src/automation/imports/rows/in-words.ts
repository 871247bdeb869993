import { type FieldKind, type FieldValue, isMoney } from '@signalbox/automation/kit/values/values.ts';
import { DateTime } from 'luxon';
import type { Reference } from '../../../crm/facts/workspace-facts.ts';

/** A value for people to look at: employees by name, moments in the workspace's zone. */
export function inWords(value: FieldValue | undefined, kind: FieldKind, reference: Reference): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => inWords(one, kind, reference)).join(', ');
  if (kind === 'person' && typeof value === 'number') return reference.people.get(value)?.name ?? String(value);
  if (kind === 'dateTime' && typeof value === 'string') return localMoment(value, reference.workspace.timeZone);
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

function localMoment(text: string, zone: string): string {
  const moment = DateTime.fromISO(text, { zone });
  return moment.isValid ? moment.toFormat(moment.second === 0 ? 'yyyy-MM-dd HH:mm' : 'yyyy-MM-dd HH:mm:ss') : text;
}
