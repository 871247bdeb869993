import { isMoney, type Scalar } from '../values/values.ts';

export function shownAs(value: Scalar): string {
  return isMoney(value) ? `${value.amount} ${value.currency}` : String(value);
}

export function asNumber(value: Scalar): number | undefined {
  const number = typeof value === 'boolean' || isMoney(value) ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** An id; what is no number stays, for whoever knows the thing by another name. */
export function asId(value: Scalar): Scalar {
  return asNumber(value) ?? shownAs(value);
}
