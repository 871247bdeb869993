/** A channel of the exchange as an event shows it; what the event does not say is undefined. */
export interface Seen {
  /** Uniqueid */
  readonly id: string;
  /** Linkedid, the same for all channels of a call; AMI 1.x does not tell it. */
  readonly linked?: string | undefined;
  /** `PJSIP/101-0000001d` */
  readonly name?: string | undefined;
  readonly number?: string | undefined;
  readonly context?: string | undefined;
  readonly exten?: string | undefined;
  /** Made by the exchange, to call somebody; undefined: the event does not say. */
  readonly isCalled?: boolean | undefined;
}

interface OfChannel {
  readonly channel: Seen;
}

/** What all dialects of an exchange's events come to. */
export type PbxEvent =
  | ({ readonly kind: 'start' | 'seen' | 'voicemail' | 'unbridged' } & OfChannel)
  | ({ readonly kind: 'dial'; readonly to: Seen; readonly dialString?: string | undefined } & OfChannel)
  | ({ readonly kind: 'dialled'; readonly status: string } & OfChannel)
  /** `bridge` is missing where the dialect does not name bridges: then a call has one. */
  | ({ readonly kind: 'bridged'; readonly bridge?: string | undefined; readonly holds: boolean } & OfChannel)
  | ({ readonly kind: 'linked'; readonly to: Seen } & OfChannel)
  /** Bridged with the channel of that name; without one with whom the exchange called last. */
  | ({ readonly kind: 'paired'; readonly peer: string | undefined } & OfChannel)
  | ({ readonly kind: 'renamed'; readonly name: string } & OfChannel)
  /** What is said on the channel is written to that file of the exchange. */
  | ({ readonly kind: 'recorded'; readonly file: string } & OfChannel)
  | ({ readonly kind: 'told'; readonly direction: 'incoming' | 'outgoing' } & OfChannel)
  | ({ readonly kind: 'hangup'; readonly cause?: string | undefined } & OfChannel);
