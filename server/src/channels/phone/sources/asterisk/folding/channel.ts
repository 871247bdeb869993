import type { Seen } from '../reading/pbx-event.ts';
import { isTrunk, isVirtual, numberOf, type Site } from './site.ts';

/** A channel of the exchange while it lives. */
export interface Channel {
  /** The id with which it began; after a masquerade another channel goes on under it. */
  readonly id: string;
  readonly startedAt: Date;
  readonly isVirtual: boolean;
  /** Leads out of the house. */
  readonly isTrunk: boolean;
  /** The exchange made it, to call somebody. */
  readonly isCalled: boolean;
  name: string;
  /** As it was shown first: later it shows who is at the other end. */
  number: string | undefined;
  /** What its caller dialled. */
  dialled: string | undefined;
  call: Call;
  bridge: Bridge | undefined;
  /** Somebody was called by it. */
  isDialled: boolean;
}

/** Whoever is in it hears each other; one that holds plays music to each. */
export interface Bridge {
  readonly id: string;
  readonly holds: boolean;
  readonly members: Set<Channel>;
}

export type PbxDirection = 'incoming' | 'outgoing' | 'internal';

/** A call as a person would recognise it, whatever channels it needed. */
export interface Call {
  readonly id: string;
  readonly channels: Set<Channel>;
  startedAt: Date;
  direction: PbxDirection | undefined;
  /** The first channel that is a phone or a trunk. */
  caller: Channel | undefined;
  /** Phones and trunks that the exchange called, in order. */
  readonly called: Channel[];
  /** What the caller dialled first. */
  requested: string | undefined;
  /** The client's number: who calls, or whom we call. */
  number: string | undefined;
  answeredAt: Date | undefined;
  /** Phones of which nothing has been told yet. */
  untold: Channel[];
  /** Phones that are known to ring, or to call. */
  readonly told: Set<Channel>;
  /** Phones that talked, in the order in which they took it. */
  readonly talked: Channel[];
  /** The channel to the client over which it was talked. */
  client: Channel | undefined;
  status: string | undefined;
  /** Files of the exchange that it was recorded to. */
  readonly files: Set<string>;
  endedAt: Date | undefined;
}

export function beginCall(id: string, at: Date): Call {
  return {
    ...{
      id,
      channels: new Set(),
      called: [],
      untold: [],
      told: new Set(),
      talked: [],
      files: new Set(),
      startedAt: at,
    },
    ...{ direction: undefined, caller: undefined, requested: undefined, number: undefined, answeredAt: undefined },
    ...{ client: undefined, status: undefined, endedAt: undefined },
  };
}

export function beginChannel(site: Site, seen: Seen, of: { readonly call: Call; readonly at: Date }): Channel {
  const name = seen.name ?? '';
  const virtual = isVirtual(name);
  return {
    ...{ id: seen.id, startedAt: of.at, isVirtual: virtual, isTrunk: !virtual && isTrunk(site, seen) },
    ...{ isCalled: seen.isCalled ?? false, name, number: numberOf(seen.number), dialled: numberOf(seen.exten) },
    ...{ call: of.call, bridge: undefined, isDialled: false },
  };
}
