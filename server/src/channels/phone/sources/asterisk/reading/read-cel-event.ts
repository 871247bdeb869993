import type { PbxEvent, Seen } from './pbx-event.ts';
import { toldBy } from './told-by.ts';

/** A field of a row of the channel event log, by its name in an AMI event `CEL` in small letters. */
export type CelField = (name: string) => string | undefined;

type Read = (field: CelField, channel: Seen) => readonly PbxEvent[];

const reads: Readonly<Record<string, Read>> = {
  CHAN_START: (_, channel) => [{ kind: 'start', channel: { ...channel, isCalled: isCalled(channel) } }],
  BRIDGE_ENTER: (field, channel) => [enterOf(field, channel)],
  // Up to Asterisk 11 of one of the two alone.
  BRIDGE_START: (field, channel) => [{ kind: 'paired', channel, peer: field('peer') || undefined }],
  BRIDGE_EXIT: (_, channel) => [{ kind: 'unbridged', channel }],
  BRIDGE_END: (_, channel) => [{ kind: 'unbridged', channel }],
  CHAN_END: (_, channel) => [{ kind: 'hangup', channel }],
  HANGUP: (_, channel) => [{ kind: 'seen', channel }],
  ANSWER: (_, channel) => [{ kind: 'seen', channel }],
  APP_START: (field, channel) => [
    /^(voicemail|minivmrecord)$/i.test(field('application') ?? '')
      ? { kind: 'voicemail', channel }
      : { kind: 'seen', channel },
  ],
};

/** What a row of the channel event log says (Asterisk's CEL, as AMI events or as a table). */
export function readCelEvent(field: CelField): readonly PbxEvent[] {
  const channel: Seen = {
    id: field('uniqueid') ?? '',
    linked: field('linkedid') || undefined,
    name: field('channel'),
    number: field('calleridnum'),
    context: field('context'),
    exten: field('exten'),
  };
  const name = field('eventname') ?? '';
  return channel.id === '' ? [] : (reads[name]?.(field, channel) ?? toldBy(name, channel));
}

// The log keeps no states: a channel that the exchange made to call somebody begins at no extension.
const isCalled = ({ exten }: Seen) => (exten === undefined ? undefined : exten === '' || exten === 's');

function enterOf(field: CelField, channel: Seen): PbxEvent {
  const extra = field('extra') ?? '';
  const [, bridge] = /"bridge_id"\s*:\s*"([^"]{1,200})"/.exec(extra) ?? [];
  return { kind: 'bridged', channel, bridge, holds: /"bridge_technology"\s*:\s*"holding/.test(extra) };
}
