import type { Packet } from '../ami/packet-reader.ts';
import type { PbxEvent, Seen } from './pbx-event.ts';
import { readCelEvent } from './read-cel-event.ts';
import { toldBy } from './told-by.ts';

const MOST_FILE = 500;

type Read = (packet: Packet, channel: Seen) => readonly PbxEvent[];

/** By the name of the event in small letters. AMI 1.x: dial, link, bridge, bridgeexec; since 2.x: dialbegin, dialend, bridgeenter, bridgeleave. */
const reads: Readonly<Record<string, Read>> = {
  newchannel: (_, channel) => [{ kind: 'start', channel }],
  newstate: (_, channel) => [{ kind: 'seen', channel }],
  newcallerid: (_, channel) => [{ kind: 'seen', channel }],
  newexten: (packet, channel) => [
    isVoicemail(packet.get('application')) ? { kind: 'voicemail', channel } : { kind: 'seen', channel },
  ],
  dialbegin: (packet, channel) => dialOf(packet, channel),
  dialend: (packet) => endOfDial(packet, destinationOf(packet)),
  dial: (packet, channel) => readOldDial(packet, channel),
  bridgeenter: (packet, channel) => [
    { kind: 'bridged', channel, bridge: packet.get('bridgeuniqueid'), holds: isHolding(packet) },
  ],
  bridgeleave: (_, channel) => [{ kind: 'unbridged', channel }],
  bridge: (packet) => readOldBridge(packet, packet.get('bridgestate') ?? 'Link'),
  link: (packet) => readOldBridge(packet, 'Link'),
  unlink: (packet) => readOldBridge(packet, 'Unlink'),
  rename: (packet, channel) => [{ kind: 'renamed', channel, name: packet.get('newname') ?? '' }],
  varset: (packet, channel) => readVariable(packet, channel),
  userevent: (packet, channel) => toldBy(packet.get('userevent') ?? '', channel),
  cel: (packet) => readCelEvent((name) => packet.get(name)),
  hangup: (packet, channel) => [{ kind: 'hangup', channel, cause: packet.get('cause') }],
};

/** What an event of the manager says of channels; nothing for events of other things. */
export function readAmiEvent(packet: Packet): readonly PbxEvent[] {
  const read = reads[(packet.get('event') ?? '').toLowerCase()];
  if (read === undefined) return [];
  return read(packet, channelOf(packet)).filter(({ channel }) => isId(channel.id));
}

/** The channel of one row of CoreShowChannels (since AMI 1.1) or Status (1.0), and with whom it is bridged. */
export function readShownChannel(packet: Packet) {
  const channel = channelOf(packet);
  return {
    channel: { ...channel, exten: channel.exten ?? packet.get('extension') },
    bridge: packet.get('bridgeid') || undefined,
    peer: packet.get('bridgeduniqueid') || undefined,
  };
}

function channelOf(packet: Packet): Seen {
  return {
    id: packet.get('uniqueid') ?? '',
    linked: ourOwn(packet.get('accountcode')) ?? (packet.get('linkedid') || undefined),
    name: packet.get('channel') ?? packet.get('oldname'),
    // Asterisk 1.4 says CallerID.
    number: packet.get('calleridnum') ?? packet.get('callerid'),
    context: packet.get('context'),
    exten: packet.get('exten'),
    isCalled: stateOf(packet) === undefined ? undefined : stateOf(packet) === 'down',
  };
}

function destinationOf(packet: Packet): Seen {
  return {
    id: packet.get('destuniqueid') ?? '',
    linked: packet.get('destlinkedid') || undefined,
    name: packet.get('destchannel') ?? packet.get('destination'),
    number: packet.get('destcalleridnum'),
    context: packet.get('destcontext'),
    isCalled: true,
  };
}

// Calls that Signalbox orders carry their own id as the account; where the exchange lets it, as the channel's id.
const ourOwn = (account: string | undefined) => (account?.startsWith('dial-') ? account : undefined);

// 0 Down, 1 Rsrvd: nobody has picked it up and dialled, the exchange made it.
const stateOf = (packet: Packet) =>
  (packet.get('channelstatedesc') ?? packet.get('state'))?.toLowerCase().replace('rsrvd', 'down');

const isId = (id: string) => id !== '' && id.length <= 150;

const isVoicemail = (application: string | undefined) => /^(voicemail|minivmrecord)$/i.test(application ?? '');

const isHolding = (packet: Packet) =>
  /holding/i.test(packet.get('bridgetechnology') ?? '') || packet.get('bridgetype') === 'holding';

// MixMonitor says so itself; the events are those of the class `dialplan`.
function readVariable(packet: Packet, channel: Seen): readonly PbxEvent[] {
  const file = packet.get('value') ?? '';
  const isRecording = packet.get('variable') === 'MIXMONITOR_FILENAME' && file !== '';
  return isRecording ? [{ kind: 'recorded', channel, file: file.slice(0, MOST_FILE) }] : [];
}

// An Originate has no channel that dials.
function dialOf(packet: Packet, channel: Seen): readonly PbxEvent[] {
  const to = destinationOf(packet);
  if (!isId(to.id)) return [];
  if (channel.id === '') return [{ kind: 'start', channel: to }];
  return [{ kind: 'dial', channel, to, dialString: packet.get('dialstring') }];
}

function endOfDial(packet: Packet, channel: Seen): readonly PbxEvent[] {
  return [{ kind: 'dialled', channel, status: packet.get('dialstatus') ?? '' }];
}

function readOldDial(packet: Packet, channel: Seen): readonly PbxEvent[] {
  const from = packet.get('uniqueid') ?? packet.get('srcuniqueid') ?? '';
  const source = { ...channel, id: from, name: packet.get('channel') ?? packet.get('source') };
  if (/^end$/i.test(packet.get('subevent') ?? '')) return endOfDial(packet, source);
  return dialOf(packet, source).filter(() => from !== '');
}

function readOldBridge(packet: Packet, state: string): readonly PbxEvent[] {
  const side = (n: 1 | 2): Seen => ({
    id: packet.get(`uniqueid${n}`) ?? '',
    name: packet.get(`channel${n}`),
    number: packet.get(`callerid${n}`),
  });
  if (!isId(side(2).id)) return [];
  if (/unlink/i.test(state))
    return [
      { kind: 'unbridged', channel: side(1) },
      { kind: 'unbridged', channel: side(2) },
    ];
  return [{ kind: 'linked', channel: side(1), to: side(2) }];
}
