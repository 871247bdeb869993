import type { OwnWords } from './hearers.ts';
import type { Verdict, VerdictCode } from './verdict.ts';

/** What of a detail stands in each trigger: the value that a setting wants, or a part of its condition by its place there. */
export type Owned = 'wanted' | 'part' | null;

/** One verdict of triggers that stand side by side among those that hear the kind; both places included. */
export interface VerdictSpan {
  readonly from: number;
  readonly to: number;
  readonly verdict: VerdictCode;
  readonly detail: Verdict['detail'];
  readonly owned: Owned;
}

export type Said = Pick<VerdictSpan, 'verdict' | 'detail' | 'owned'>;

/** Adds a verdict behind the others; what repeats makes the last span longer. */
export function addSpan(
  spans: VerdictSpan[],
  { from, to }: { readonly from: number; readonly to: number },
  said: Said,
) {
  if (to < from) return;
  const last = spans.at(-1);
  if (last !== undefined && isSame(last, said)) spans[spans.length - 1] = { ...last, to };
  else spans.push({ from, to, verdict: said.verdict, detail: said.detail, owned: said.owned });
}

function isSame(one: Said, other: Said): boolean {
  if (one.verdict !== other.verdict || one.owned !== other.owned) return false;
  return one.detail === other.detail || JSON.stringify(one.detail) === JSON.stringify(other.detail);
}

/** The detail without what stands in the trigger, if it does. */
export function takeOwn(said: Omit<Said, 'owned'>, own: OwnWords): Said {
  const { detail } = said;
  const setting = detail?.setting;
  if (detail === null || said.verdict !== 'settings' || typeof setting !== 'string') return { ...said, owned: null };
  const { wanted, ...rest } = detail;
  const isOwn = setting in own.wanted && JSON.stringify(wanted) === JSON.stringify(own.wanted[setting]);
  return isOwn ? { ...said, detail: rest, owned: 'wanted' } : { ...said, owned: null };
}

/** The detail of one of the span's triggers, whole again. */
export function detailOf({ detail, owned }: Said, { wanted, parts }: OwnWords): Verdict['detail'] {
  if (detail === null || owned === null) return detail;
  if (owned === 'part') return { ...detail, part: parts[Number(detail.part)] ?? null };
  const { setting, ...rest } = detail;
  return { setting, wanted: wanted[String(setting)] ?? null, ...rest };
}
