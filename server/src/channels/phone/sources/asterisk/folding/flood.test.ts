import { describe, expect, it } from 'vitest';
import type { PbxEvent, Seen } from '../reading/pbx-event.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { Site } from './site.ts';

// What each event costs may not grow with what came before: otherwise these take hours.
const site: Site = { extensions: new Set(['101']), trunks: ['provider'], contexts: [] };
const at = new Date(1_700_000_000_000);
const FLOOD = 5_000;

const client: Seen = {
  ...{ id: 'c', linked: 'c', name: 'PJSIP/provider-00000001', number: '+48600100100' },
  ...{ context: 'from-trunk', exten: '221234567' },
};
const phone = (i: number, more: Partial<Seen> = {}): Seen => ({
  ...{ id: `x${i}`, linked: 'c', name: `PJSIP/${i}-00000001`, number: String(i), exten: 's', isCalled: true },
  ...more,
});
const flood = (exchange: Exchange, eventsOf: (i: number) => readonly PbxEvent[]) => {
  for (let i = 0; i < FLOOD; i += 1) for (const event of eventsOf(i)) exchange.take(event, at);
};
/** Somebody calls, is answered, and has hung up. */
function nextCall(exchange: Exchange): string[] {
  const next = { ...client, id: 'n', linked: 'n' };
  const taker = phone(0, { id: 'n2', linked: 'n' });
  const bridged = (channel: Seen): PbxEvent => ({ kind: 'bridged', channel, bridge: 'next', holds: false });
  const events: PbxEvent[] = [
    ...[
      { kind: 'start' as const, channel: next },
      { kind: 'start' as const, channel: taker },
    ],
    ...[bridged(next), bridged(taker), { kind: 'hangup' as const, channel: next }],
  ];
  return events.flatMap((event) => exchange.take(event, at)).map(({ kind }) => kind);
}

describe('an exchange that floods', () => {
  it.each<[string, (i: number) => readonly PbxEvent[]]>([
    [
      'one call with phones that all talk at once',
      (i) => [
        { kind: 'bridged', channel: client, bridge: 'b', holds: false },
        { kind: 'start', channel: phone(i) },
        { kind: 'bridged', channel: phone(i), bridge: 'b', holds: false },
      ],
    ],
    [
      'one call with phones that ring and stop',
      (i) => [
        { kind: 'seen', channel: client },
        { kind: 'start', channel: phone(i) },
        { kind: 'hangup', channel: phone(i) },
      ],
    ],
    [
      'one call with halves that lead nowhere',
      (i) => [{ kind: 'start', channel: phone(i, { name: `Local/${i}@x-00000001;1` }) }],
    ],
    [
      'channels that hear each other in a row',
      (i) => [
        { kind: 'start', channel: phone(i, { name: `Local/${i}@x-00000001;1`, linked: `l${i % 900}` }) },
        { kind: 'bridged', channel: phone(i), bridge: `b${i >> 1}`, holds: false },
      ],
    ],
    [
      'masquerades that never end',
      (i) => [
        { kind: 'start', channel: phone(i, { linked: `l${i}` }) },
        { kind: 'renamed', channel: phone(i, { linked: undefined }), name: `PJSIP/${i}-00000001<MASQ>` },
      ],
    ],
    ['files', (i) => [{ kind: 'recorded', channel: client, file: `/monitor/${i}.wav` }]],
  ])('with %s costs a bounded time and memory, and the next call is told', (_, eventsOf) => {
    const exchange = createExchange(site);
    flood(exchange, eventsOf);

    expect(exchange.size.channels).toBeLessThanOrEqual(FLOOD);
    expect(nextCall(exchange)).toEqual(['ringing', 'ringing', 'answered', 'ended']);
  });
});
