import type { CallEvent } from '../../../kept/call-event.ts';
import type { Line } from '../../../lines/line.ts';
import type { Call } from '../folding/channel.ts';
import { extensionOf, isOutsideNumber, peerOf, type Site } from '../folding/site.ts';
import type { Change } from '../folding/telling.ts';
import { addressesOf } from './recordings.ts';

/** Whose calls a line takes, of all that its exchange has. */
export interface OfLine {
  readonly line: Pick<Line, 'number' | 'employees'>;
  readonly site: Site;
  /** Calls that go out from phones of nobody on the line are its own too. */
  readonly otherPhones: boolean;
  /** Where its recordings are fetched from; empty: they are not. */
  readonly recordingUrl: string;
  /** Calls that had begun before anybody listened here: whether and how long there was talk, what is kept of them knows better. */
  readonly joined: ReadonlySet<string>;
}

/** What the model of calls is told; undefined: no call of ours, or of another line. */
export function toCallEvent({ kind, call, leg, at }: Change, of: OfLine): CallEvent | undefined {
  const { direction, answeredAt } = call;
  if (direction === undefined || direction === 'internal' || !isOfLine(call, of)) return undefined;
  return {
    ...{ sourceCallId: call.id, kind, at, direction, number: call.number ?? null },
    ...(leg !== undefined && { leg: leg.id, employee: { extension: leg.extension } }),
    ...(kind === 'ended' && {
      ...(!of.joined.has(call.id) && howItEnded(call, at)),
      statusCode: call.status,
      recordings: answeredAt === undefined ? [] : addressesOf(of.recordingUrl, call),
    }),
  };
}

function howItEnded({ direction, answeredAt }: Call, at: Date): Pick<CallEvent, 'talkSeconds' | 'outcome'> {
  if (answeredAt === undefined) return { talkSeconds: 0, outcome: direction === 'incoming' ? 'missed' : 'failed' };
  return { talkSeconds: Math.max((at.getTime() - answeredAt.getTime()) / 1_000, 0), outcome: 'answered' };
}

function isOfLine(call: Call, { line, site, otherPhones }: OfLine): boolean {
  const { caller, called, direction, requested } = call;
  if (caller === undefined) return false;
  const ways = direction === 'incoming' ? [caller] : called.filter((channel) => channel.isTrunk);
  const isItsTrunk = (name: string) => site.trunks.includes(peerOf(name));
  if (site.trunks.length > 0 && ways.length > 0 && !ways.some(({ name }) => isItsTrunk(name))) return false;
  if (direction === 'incoming') return !isOutsideNumber(requested) || isSameNumber(line.number, requested ?? '');
  return otherPhones || line.employees.length === 0 || site.extensions.has(extensionOf(site, caller));
}

// Trunks show the line's number with its country code, its leading zero, or neither.
function isSameNumber(own: string | null, dialled: string): boolean {
  const [one, other] = [own ?? '', dialled].map((number) => number.replace(/\D/g, '').replace(/^0+/, ''));
  if (own === null || one === undefined || other === undefined) return true;
  return one.endsWith(other) || other.endsWith(one);
}
