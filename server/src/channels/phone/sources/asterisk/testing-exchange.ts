import { createPacketReader } from './ami/packet-reader.ts';
import type { Call } from './folding/channel.ts';
import { createExchange, type Exchange } from './folding/exchange.ts';
import type { Site } from './folding/site.ts';
import { readAmiEvent } from './reading/read-ami-event.ts';

/** For tests: an event as the manager writes it. `after` are seconds since the first call began. */
export function amiEvent(event: string, fields: Readonly<Record<string, string>>, after = 0): string {
  const lines = Object.entries({ Event: event, Timestamp: String(1_700_000_000 + after), ...fields });
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;
}

/** A house whose employees have the phones 101 to 103 and whose way out is called `provider`. */
export const site: Site = { extensions: new Set(['101', '102', '103']), trunks: ['provider'], contexts: [] };

export interface ToldCall {
  readonly direction: Call['direction'];
  readonly number: string | undefined;
  readonly state: 'ringing' | 'answered' | 'ended' | 'unanswered';
  readonly talkSeconds: number | undefined;
  readonly rang: readonly string[];
  readonly talked: readonly string[];
}

/** Feeds streams to an exchange, each by a reader of its own, as after reconnects; what it told of calls, by their ids. */
export function tellStreams(
  streams: readonly (readonly Uint8Array[])[],
  { exchange = createExchange(site) }: { exchange?: Exchange } = {},
): { calls: Record<string, ToldCall>; told: string[]; exchange: Exchange } {
  const calls = new Map<string, { call: Call; rang: string[]; talked: string[] }>();
  const told: string[] = [];
  for (const pieces of streams) {
    const reader = createPacketReader();
    for (const packet of pieces.flatMap((piece) => reader.read(piece))) {
      const at = new Date(Number(packet.get('timestamp') ?? 1_700_000_000) * 1_000);
      for (const { kind, call, leg } of readAmiEvent(packet).flatMap((event) => exchange.take(event, at))) {
        const known = calls.get(call.id) ?? { call, rang: [], talked: [] };
        calls.set(call.id, known);
        if (leg !== undefined && kind === 'ringing') known.rang.push(leg.extension);
        if (leg !== undefined && kind === 'answered') known.talked.push(leg.extension);
        told.push(`${call.id} ${kind} ${leg?.id ?? ''}`.trim());
      }
    }
  }
  const shown = [...calls].map(([id, { call, rang, talked }]) => [id, { ...show(call), rang, talked }] as const);
  return { calls: Object.fromEntries(shown), told, exchange };
}

function show({ direction, number, answeredAt, endedAt }: Call) {
  const ended = answeredAt === undefined ? 'unanswered' : 'ended';
  const open = answeredAt === undefined ? 'ringing' : 'answered';
  const state = endedAt === undefined ? open : ended;
  return { direction, number, state, talkSeconds: talkSeconds({ answeredAt, endedAt }) } as const;
}

/** Of a call that ended; 0 if nobody answered. */
export function talkSeconds({ answeredAt, endedAt }: Pick<Call, 'answeredAt' | 'endedAt'>): number | undefined {
  if (endedAt === undefined) return undefined;
  return answeredAt === undefined ? 0 : Math.round((endedAt.getTime() - answeredAt.getTime()) / 1_000);
}

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');
