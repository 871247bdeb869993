import type { Seen } from '../reading/pbx-event.ts';

/** What is known of the exchange before it says anything: the settings of the line. */
export interface Site {
  /** The phones of the employees. */
  readonly extensions: ReadonlySet<string>;
  /** Peers that lead outside, such as `provider` in `PJSIP/provider-0000001d`; empty: known by contexts and numbers. */
  readonly trunks: readonly string[];
  /** Contexts in which calls from outside begin, besides the usual ones. */
  readonly contexts: readonly string[];
}

/** As the dialplans of FreePBX, Issabel, Wazo, VitalPBX and the samples of Asterisk call them. */
const OUTSIDE =
  /^(from-(trunk|pstn|did|extern|outside|sip-external|provider|voip|digital|analog|dahdi|zaptel|isdn|gsm)|ext-did|trunkinbound|incoming|inbound|public|pstn)/i;
/** The shortest number that nobody gives a phone on a desk. */
const OUTSIDE_DIGITS = 7;
const NOBODY = /^(s|h|i|t|anonymous|unknown|restricted|private|unavailable|asterisk|<?unknown>?|)$/i;

/** What stands between parts of one exchange and is nobody's phone. */
export const isVirtual = (name: string) =>
  /^(Local|Announcer|CBAnn|CBRec|Recorder|Surrogate|Message|Bridge|Async|Snoop|UnicastRTP|MulticastRTP|Parked|Feature)\//i.test(
    name,
  );

/** `PJSIP/101-0000001d` is a channel of the peer `101`. */
export function peerOf(name: string): string {
  const [, peer = ''] = /^[^/]+\/(.*?)(-[0-9a-f]{4,16}(;\d)?)?(<\w+>)?$/i.exec(name) ?? [];
  return peer;
}

/** A number or extension that somebody dialled or is shown; undefined: withheld, or none. */
export function numberOf(text: string | undefined): string | undefined {
  // Asterisk 1.4 shows `"Martin" <1986>`.
  const bare = (/<([^<>]*)>\s*$/.exec(text ?? '')?.[1] ?? text ?? '').trim();
  return NOBODY.test(bare) ? undefined : bare.slice(0, 60);
}

export function isOutsideNumber(number: string | undefined): boolean {
  return number !== undefined && /^\+?[\d ().-]+$/.test(number) && number.replace(/\D/g, '').length >= OUTSIDE_DIGITS;
}

/** Whether a channel leads out of the house, by what it shows when it begins. */
export function isTrunk(site: Site, { name = '', number, context = '' }: Seen): boolean {
  const peer = peerOf(name);
  if (site.trunks.length > 0 && site.trunks.includes(peer)) return true;
  if (site.extensions.has(peer) || site.extensions.has(numberOf(number) ?? '')) return false;
  if (site.contexts.includes(context) || OUTSIDE.test(context) || /trunk/i.test(peer)) return true;
  return site.trunks.length === 0 && isOutsideNumber(numberOf(number));
}

/** By which an employee's phone is known: whichever the line knows, else the number it shows, else its peer. */
export function extensionOf(site: Site, { name = '', number }: { name?: string; number?: string | undefined }): string {
  const candidates = [peerOf(name), numberOf(number)].filter((one) => one !== undefined && one !== '');
  return candidates.find((one) => one !== undefined && site.extensions.has(one)) ?? candidates.at(-1) ?? '';
}
