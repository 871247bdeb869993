import { isoWithOffset } from './rest/iso-with-offset.ts';
import type { MethodResult } from './rest/method.ts';

export interface CallTime {
  readonly start: number;
  readonly finish: number;
  readonly duration: number;
  readonly processing: number;
  readonly date_start: string;
  readonly date_finish: string;
  readonly operating_reset_at: number;
  readonly operating: number;
}

const OPERATING_WINDOW_SECONDS = 600;

/** Begins to measure; the answer says when the call began and how long it took. */
export function startTime(): () => CallTime {
  const begun = Date.now();
  return () => {
    const ended = Date.now();
    const seconds = (ended - begun) / 1_000;
    return {
      ...{ start: begun / 1_000, finish: ended / 1_000, duration: seconds, processing: seconds },
      ...{ date_start: isoWithOffset(new Date(begun)), date_finish: isoWithOffset(new Date(ended)) },
      ...{ operating_reset_at: Math.floor(ended / 1_000) + OPERATING_WINDOW_SECONDS, operating: 0 },
    };
  };
}

export function successOf({ result, total, next }: MethodResult, time: CallTime) {
  return { result, ...(total !== undefined && { total }), ...(next !== undefined && { next }), time };
}

/** PHP's arrays: nothing is `[]`, keys 0, 1, 2 … make a list, all else an object. */
export function phpArray(entries: readonly (readonly [key: string, value: unknown])[]): unknown {
  const isList = entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
