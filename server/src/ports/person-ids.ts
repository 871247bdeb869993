import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { parsePersonRef } from '@signalbox/automation/kit/values/people.ts';
import { type FieldSpec, type FieldValue, isEmpty, type Scalar } from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { resolvePeople } from './people-port.ts';

// A person may be written as in any other setting: an e-mail address, `supervisor` …
export function personIds(scope: PortScope, spec: FieldSpec | undefined, value: FieldValue): FieldValue {
  if (spec?.kind !== 'person') return value;
  const ids = listOf(value).flatMap((one) => (typeof one === 'string' ? idsNamed(scope, one) : [knownId(scope, one)]));
  return isList(value) ? ids : (ids[0] ?? null);
}

function knownId({ reference }: PortScope, id: Scalar): Scalar {
  if (!reference.people.has(Number(id))) throw new Impossible(because('nobody-here', { name: String(id) }));
  return id;
}

function idsNamed(scope: PortScope, name: string): number[] {
  const ref = parsePersonRef(name);
  const ids = ref === undefined ? idsCalled(scope, name) : resolvePeople(scope, [ref]).map(({ id }) => id);
  if (ids.length === 0) throw new Impossible(because('nobody-here', { name }));
  return ids;
}

// As a template shows the person of another field.
function idsCalled({ reference: { people } }: PortScope, name: string): number[] {
  const called = [...people.values()].filter((one) => foldedText(one.name) === foldedText(name));
  return called.length === 1 ? called.map(({ id }) => id) : [];
}

function listOf(value: FieldValue): readonly Scalar[] {
  if (isEmpty(value)) return [];
  return isList(value) ? value : [value];
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
