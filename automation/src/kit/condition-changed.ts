import { compareValues } from './compare.ts';
import type { ConditionFacts, ConditionPart } from './condition.ts';
import type { Answer } from './condition-tests.ts';
import { listOf } from './condition-tests.ts';
import type { Found } from './paths.ts';
import { isEmpty, isRecord } from './values.ts';

/** `changed`, optionally `{ from, to }` (one value or several; null means empty), seen in the signal (semantics.md 6). */
export function changeTest(part: ConditionPart): (found: Found, facts: ConditionFacts) => Answer {
  const code = part.field.startsWith('item.') ? part.field.slice('item.'.length) : part.field;
  const wanted = isRecord(part.value) ? part.value : {};
  return (found, facts) => {
    const change = changesOf(facts).find((known) => known.field === code);
    if (change === undefined) return { holds: false, note: 'not changed' };
    const fits = (side: 'from' | 'to') =>
      wanted[side] === undefined ||
      listOrNull(wanted[side]).some((value) => isSame(change[side], value, { found, facts, part }));
    return { holds: fits('from') && fits('to') };
  };
}

type Change = Readonly<Record<string, unknown>>;

function changesOf({ signal }: ConditionFacts): readonly Change[] {
  const payload = signal?.payload;
  if (!isRecord(payload) || !Array.isArray(payload.changes)) return [];
  return payload.changes.filter(isRecord);
}

function listOrNull(value: unknown): readonly unknown[] {
  return value === null ? [null] : listOf(value);
}

interface Seen {
  readonly found: Found;
  readonly facts: ConditionFacts;
  readonly part: ConditionPart;
}

function isSame(got: unknown, wanted: unknown, { found, facts: { workspace }, part }: Seen): boolean {
  if (isEmpty(got) || isEmpty(wanted)) return isEmpty(got) && isEmpty(wanted);
  const by = { kind: found.kind, matchCase: part.matchCase === true, workspace, currency: workspace.currency };
  return (Array.isArray(got) ? got : [got]).some((value) => compareValues(value, wanted, by).order === 0);
}
