import type { ItemFacts, Values } from '@signalbox/automation/kit/facts.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { because, type Reason } from '@signalbox/automation/kit/words/reasons.ts';
import type { Rights } from '../platform/context.ts';
import { hidesField, mayHide, seenValues } from './held-fields.ts';

/** Who reads what automation has noted about an item of a type. */
export interface Reader {
  readonly rights: Rights | undefined;
  readonly type: string;
}

type Detail = Readonly<Record<string, unknown>>;

/** What a condition saw (`part`, `got`, `note`), without the value of a field that the reader may not see. */
export function seenEvidence(detail: Detail, { rights, type }: Reader): Detail {
  const { part } = detail;
  const field = isRecord(part) && typeof part.field === 'string' ? part.field : '';
  return mayHide(rights, field.split('.'), type) ? { part, hidden: true } : detail;
}

/** A run's result: why it was skipped is evidence too. */
export function seenResult(result: Detail | null, reader: Reader): Detail | null {
  return isRecord(result?.because) ? { ...result, because: seenEvidence(result.because, reader) } : result;
}

/** Why something came to nothing; what it says of a field that the reader may not see is not told. */
export function seenReason<R extends Reason | null>(reason: R, { rights, type }: Reader): R | Reason {
  const field = reason?.params.field;
  return typeof field === 'string' && mayHide(rights, field.split('.'), type) ? because('field-not-seen') : reason;
}

/** The payload of `item.changed`, without the values of fields that the reader may not see; any other as it is. */
export function seenPayload(payload: unknown, { rights, type }: Reader): { payload: unknown; isWhole: boolean } {
  if (!isRecord(payload) || !Array.isArray(payload.changes)) return { payload, isWhole: true };
  const isHidden = (change: unknown) =>
    isRecord(change) && hidesField(rights, { owner: type, code: String(change.field) });
  const changes = payload.changes.map((change) =>
    isHidden(change) ? { field: change.field, from: null, to: null, hidden: true } : change,
  );
  return { payload: { ...payload, changes }, isWhole: !payload.changes.some(isHidden) };
}

/** The facts of an item as somebody sees them: whatever a text asks for, what is hidden is not there. */
export function seenFacts(item: ItemFacts, rights: Rights | undefined): ItemFacts {
  const isNameAlone = rights?.clients.read === 'none';
  const client = <C extends ItemFacts['client']>(one: C): C =>
    one === null
      ? one
      : {
          ...one,
          fields: isNameAlone ? {} : seenValues(rights, one.kind, one.fields),
          ...(isNameAlone && { emails: [], phones: [] }),
        };
  const values = (type: string, all: Values): Values => seenValues(rights, type, all);
  return {
    ...item,
    values: values(item.type, item.values),
    client: client(item.client),
    contact: client(item.contact),
    company: client(item.company),
    tied: Object.fromEntries(Object.entries(item.tied).map(([type, all]) => [type, values(type, all)])),
  };
}
