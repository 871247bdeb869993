import { isEmpty, isRecord } from '../../values/values.ts';
import type { ConditionPart } from '../condition.ts';

/** Whether no change of a field that holds one value is as both parts want it; `apart` tells two demands on a value. */
export function areChangesApart(
  a: ConditionPart,
  b: ConditionPart,
  apart: (one: ConditionPart, other: ConditionPart) => boolean,
): boolean {
  return (['from', 'to'] as const).some((side) => {
    const [one, other] = [wantedOf(a, side), wantedOf(b, side)];
    if (one === undefined || other === undefined) return false;
    // Null means empty.
    const values = [...one, ...other].filter((value) => !isEmpty(value));
    if (values.length < one.length + other.length)
      return values.length === one.length || values.length === other.length;
    return apart({ field: a.field, is: 'in', value: one }, { field: b.field, is: 'in', value: other });
  });
}

/** Whether every change that is as the first wants it is as the second does. */
export function doChangesFollow(a: ConditionPart, b: ConditionPart): boolean {
  return (['from', 'to'] as const).every((side) => {
    const wanted = wantedOf(b, side);
    return wanted === undefined || JSON.stringify(wantedOf(a, side)) === JSON.stringify(wanted);
  });
}

function wantedOf({ value }: ConditionPart, side: 'from' | 'to'): readonly unknown[] | undefined {
  const wanted = isRecord(value) ? value[side] : undefined;
  return wanted === undefined ? undefined : [wanted].flat();
}
