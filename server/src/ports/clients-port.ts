import { clientSpecs } from '@signalbox/automation/kit/clients/client-fields.ts';
import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { type CountryCode, guessCountry } from '@signalbox/automation/kit/values/phones.ts';
import { addedTo } from '@signalbox/automation/kit/values/spellings.ts';
import {
  type FieldSpec,
  type FieldValue,
  findFieldSpec,
  isEmpty,
  type Scalar,
} from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { ClientFieldChange, ClientsPort } from '@signalbox/automation/rules/clients/port.ts';
import { contactPatch } from '@signalbox/contract/clients.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { type ClientRow, findClient, lockClient } from '../crm/client-book/clients.store.ts';
import { changeClient } from '../crm/clients/save-client.ts';
import { jsonValues } from '../crm/facts/json-values.ts';
import { readValues } from '../crm/facts/read-values.ts';
import { appendTimeline } from '../crm/timeline/append-timeline.store.ts';
import { typedValues } from './typed-values.ts';

type Change = Parameters<ClientsPort['change']>[0];

/** Changes to the item's contact or company, in the run's transaction. */
export function clientsPort(scope: PortScope): ClientsPort {
  return { change: (change) => scope.command(() => changeOf(scope, change)) };
}

async function changeOf(scope: PortScope, { kind, changes, byId }: Change): Promise<void> {
  const { tx, now, asOf } = scope;
  const id = scope.item()[kind]?.id;
  if (id === undefined) throw new Impossible(because(`no-${kind}`));
  // Two rules that append to one client come one after the other.
  await lockClient(tx, { kind, id });
  const before = await findClient(tx, kind, id);
  if (before === undefined) throw new Impossible(because(`no-${kind}`));
  const specs = clientSpecs(
    kind,
    scope.reference.fieldsOf(kind).filter(({ custom }) => custom),
  );
  const { currency } = scope.reference.workspace;
  const country = guessCountry(scope.reference.workspace);
  const written = changes.map(({ field, value }) => ({ field, value }));
  const typed = await typedValues(scope, written, { specs, currency });
  const values = Object.fromEntries(
    changes.map((change) => [change.field, newValue(change, { specs, typed, before, country })]),
  );
  await changeClient(tx, id, { kind, body: bodyOf(specs, values), now, asOf });
  scope.did({ kind: 'client-fields', client: kind, id, fields: Object.keys(values) });
  const client = await findClient(tx, kind, id);
  const data = {
    client: { kind, id, name: client?.name ?? before.name },
    fields: Object.keys(values),
    ...{ rule: scope.ruleName, run: scope.run.id },
  };
  await appendTimeline(tx, [
    { itemId: scope.item().id, kind: 'client-changed', at: now, authorId: byId, text: '', data },
  ]);
}

interface Writing {
  readonly specs: readonly FieldSpec[];
  readonly typed: Readonly<Record<string, FieldValue>>;
  readonly before: ClientRow;
  readonly country: CountryCode | undefined;
}

function newValue({ field, mode }: ClientFieldChange, { specs, typed, before, country }: Writing): FieldValue {
  const value = typed[field] ?? null;
  if (mode === 'replace') return value;
  const spec = findFieldSpec(specs, field);
  if (spec === undefined || !takesSeveral(spec)) throw new Impossible(because('one-value', { field }));
  return addedTo(listOf(earlier(field, before)), listOf(value), { kind: spec.kind, country });
}

function earlier(field: string, { emails, phones, fields }: ClientRow): FieldValue {
  if (field === 'emails') return emails;
  return field === 'phones' ? phones : (readValues(fields)[field] ?? null);
}

function listOf(value: FieldValue): readonly Scalar[] {
  return isEmpty(value) ? [] : [value].flat();
}

/** The body that a person would send. */
function bodyOf(specs: readonly FieldSpec[], values: Readonly<Record<string, FieldValue>>) {
  const isCustom = (code: string) => findFieldSpec(specs, code)?.custom === true;
  const pick = (holds: (code: string) => boolean) =>
    Object.fromEntries(Object.entries(values).filter(([code]) => holds(code)));
  const custom = pick(isCustom);
  const standard = pick((code) => !isCustom(code));
  if ('name' in standard && isEmpty(standard.name)) throw new Impossible(because('client-name-empty'));
  const lists = ['emails', 'phones'].filter((code) => code in standard);
  const body = contactPatch.safeParse({
    ...standard,
    ...Object.fromEntries(lists.map((code) => [code, listOf(standard[code] ?? null)])),
    ...(Object.keys(custom).length > 0 && { fields: jsonValues(custom) }),
  });
  if (body.success) return body.data;
  const [issue] = body.error.issues;
  const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new Impossible(because('refused', { message }));
}
