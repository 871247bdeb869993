import { isEmpty, isRecord } from '../../values/values.ts';
import type { ConditionPart } from '../condition.ts';
import { listOf } from '../condition-tests.ts';

/** Whether no change of a field that holds one value is as both parts want it; `apart` tells two demands on a value. */
export function areChangesApart(
  a: ConditionPart,
  b: ConditionPart,
  apart: (one: ConditionPart, other: ConditionPart) => boolean,
): boolean {
  return (['from', 'to'] as const).some((side) => {
    const [one, other] = [wantedOf(a, side), wantedOf(b, side)];
    if (one === undefined || other === undefined) return false;
    // Null means empty: a value like any other, and equal to none of them.
    if (one.some(isEmpty) && other.some(isEmpty)) return false;
    const [filled, otherFilled] = [one, other].map((wanted) => wanted.filter((value) => !isEmpty(value)));
    if (filled === undefined || otherFilled === undefined || filled.length === 0 || otherFilled.length === 0)
      return true;
    return apart({ field: a.field, is: 'in', value: filled }, { field: b.field, is: 'in', value: otherFilled });
  });
}

/** Whether every change that is as the first wants it is as the second does. */
export function doChangesFollow(a: ConditionPart, b: ConditionPart): boolean {
  return (['from', 'to'] as const).every((side) => {
    const wanted = wantedOf(b, side);
    if (wanted === undefined) return true;
    // One that minds the case wants more.
    if (b.matchCase === true && a.matchCase !== true) return false;
    return JSON.stringify(wantedOf(a, side)) === JSON.stringify(wanted);
  });
}

function wantedOf({ value }: ConditionPart, side: 'from' | 'to'): readonly unknown[] | undefined {
  const wanted = isRecord(value) ? value[side] : undefined;
  return wanted === undefined ? undefined : listOf(wanted);
}
