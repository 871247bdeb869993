import { isEmpty, isRecord } from '../values/values.ts';
import type { Comparing } from './compare.ts';
import type { ConditionFacts, ConditionPart } from './condition.ts';
import { type Answer, anyOf, isValue, listOf } from './condition-tests.ts';
import type { Found } from './paths.ts';

/** `changed`, optionally `{ from, to }` (one value or several; null means empty), seen in the signal (semantics.md 6). */
export function changeTest(part: ConditionPart): (found: Found, facts: ConditionFacts) => Answer {
  const code = part.field.startsWith('item.') ? part.field.slice('item.'.length) : part.field;
  const wanted = isRecord(part.value) ? part.value : {};
  return (found, facts) => {
    const change = changesOf(facts).find((known) => known.field === code);
    if (change === undefined) return { holds: false, note: 'not changed' };
    const { workspace, at } = facts;
    const by = { kind: found.kind, matchCase: part.matchCase === true, workspace, currency: workspace.currency, at };
    const fits = (side: 'from' | 'to'): Answer =>
      wanted[side] === undefined ? { holds: true } : isAnyOf(change[side], wanted[side], { found, by, facts });
    const [from, to] = [fits('from'), fits('to')];
    return from.holds === true ? to : from;
  };
}

function changesOf({ signal }: ConditionFacts): readonly Readonly<Record<string, unknown>>[] {
  const payload = signal?.payload;
  if (!isRecord(payload) || !Array.isArray(payload.changes)) return [];
  return payload.changes.filter(isRecord);
}

interface Seen {
  readonly found: Found;
  readonly by: Comparing;
  readonly facts: ConditionFacts;
}

/** One side of a change against one value or several; null means empty. */
export function isAnyOf(got: unknown, wanted: unknown, seen: Seen): Answer {
  const values: readonly unknown[] = Array.isArray(got) ? got : [got];
  const wants = wanted === null ? [null] : listOf(wanted);
  return anyOf(
    wants.flatMap((want) => {
      if (isEmpty(want) || isEmpty(values)) return [{ holds: isEmpty(want) && isEmpty(values) }];
      return values.filter((value) => !isEmpty(value)).map(isValue(want, seen));
    }),
  );
}
