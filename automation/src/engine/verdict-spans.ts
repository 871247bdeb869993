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

/**
 * A verdict of a decision as it is kept: said once for all the triggers that it holds for, who are told by their places among
 * those that heard the kind, in pairs: from, to, from, to, both included.
 */
export type KeptVerdict =
  | readonly [places: readonly number[], verdict: VerdictCode]
  | readonly [places: readonly number[], verdict: VerdictCode, detail: NonNullable<Verdict['detail']>, owned: Owned];

/** Grows with what differs, not with the number of triggers. */
export function toKeptVerdicts(spans: readonly VerdictSpan[]): KeptVerdict[] {
  const places = new Map<string, number[]>();
  const kept: KeptVerdict[] = [];
  for (const { from, to, verdict, detail, owned } of spans) {
    const name = JSON.stringify([verdict, detail, owned]);
    const same = places.get(name);
    if (same !== undefined) {
      same.push(from, to);
      continue;
    }
    const own = [from, to];
    places.set(name, own);
    kept.push(detail === null ? [own, verdict] : [own, verdict, detail, owned]);
  }
  return kept;
}

/** One for each trigger, in judging order, as they were before they were kept. */
export function fromKeptVerdicts(
  kept: readonly KeptVerdict[],
  hearers: readonly OwnWords[],
): Pick<Verdict, 'trigger' | 'verdict' | 'detail'>[] {
  const said = new Map(kept.flatMap((one) => placesOf(one).map((place): [number, KeptVerdict] => [place, one])));
  return hearers.flatMap((own, place) => {
    const one = said.get(place);
    if (one === undefined) return [];
    const [, verdict, detail = null, owned = null] = one;
    return [{ trigger: own.trigger, verdict, detail: detailOf({ verdict, detail, owned }, own) }];
  });
}

function placesOf([pairs]: KeptVerdict): number[] {
  return pairs.flatMap((from, index) =>
    index % 2 === 1 ? [] : Array.from({ length: (pairs[index + 1] ?? from) - from + 1 }, (_, more) => from + more),
  );
}
