import type { PbxEvent, Seen } from './pbx-event.ts';

const told: Readonly<Record<string, 'incoming' | 'outgoing'>> = { XIVO_INCALL: 'incoming', XIVO_OUTCALL: 'outgoing' };

/** Exchanges of the Wazo family say themselves which way a call goes, by user events. */
export function toldBy(name: string, channel: Seen): readonly PbxEvent[] {
  const direction = told[name];
  return direction === undefined ? [{ kind: 'seen', channel }] : [{ kind: 'told', channel, direction }];
}
