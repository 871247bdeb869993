import type { Bridges } from './bridges.ts';
import type { Call, Channel, PbxDirection } from './channel.ts';
import { extensionOf, isOutsideNumber, type Site } from './site.ts';

/** What has become known of a call. */
export interface Change {
  readonly kind: 'ringing' | 'answered' | 'leg-ended' | 'ended';
  readonly call: Call;
  /** The phone; without, the call as such. */
  readonly leg?: { readonly id: string; readonly extension: string } | undefined;
  readonly at: Date;
}

/** Watches what happens to calls and tells it once. */
export interface Telling {
  decide(call: Call, direction: PbxDirection): Change[];
  dial(from: Channel, to: Channel, dialString: string | undefined): void;
  look(call: Call, at: Date): Change[];
  hungUp(channel: Channel, at: Date): Change[];
  end(call: Call, at: Date): Change[];
}

/** Of one call; those who join later are not told. */
const MOST_TALKED = 100;

/** Calls that Signalbox ordered itself. */
export const OWN_CALL = 'dial-';

export function createTelling(site: Site, bridges: Bridges): Telling {
  const legOf = (channel: Channel) => ({ id: channel.id, extension: extensionOf(site, channel) });
  const tellLeg = (call: Call, channel: Channel): Change[] => {
    if (call.told.has(channel)) return [];
    call.told.add(channel);
    return [{ kind: 'ringing', call, leg: legOf(channel), at: channel.startedAt }];
  };

  const tellPhones = (call: Call): Change[] => {
    const { caller, direction } = call;
    if (direction === undefined || caller === undefined) return [];
    if (direction === 'incoming') call.number ??= caller.number;
    const fresh = call.untold;
    call.untold = [];
    return (direction === 'outgoing' ? [caller] : fresh).flatMap((channel) => tellLeg(call, channel));
  };

  const tellTalk = (call: Call, at: Date): Change[] => {
    if (call.talked.length >= MOST_TALKED) return [];
    const clients = clientsOf(call);
    return clients.flatMap((client) =>
      bridges
        .heardBy(client)
        .filter((channel) => !call.talked.includes(channel) && !clients.includes(channel))
        .flatMap((channel): Change[] => {
          call.talked.push(channel);
          call.answeredAt ??= at;
          call.client ??= client;
          return [...tellLeg(call, channel), { kind: 'answered', call, leg: legOf(channel), at }];
        }),
    );
  };

  const end = (call: Call, at: Date): Change[] => {
    if (call.endedAt !== undefined) return [];
    // It came to no channel that leads out, or to nobody at all.
    const late = decide(call, isOutsideNumber(call.caller?.dialled) && !call.caller?.isTrunk ? 'outgoing' : 'internal');
    call.endedAt = at;
    return call.caller === undefined ? [] : [...late, ...tellPhones(call), { kind: 'ended', call, at }];
  };

  return {
    decide,
    end,
    dial(from, to, dialString) {
      if (!to.isTrunk) return;
      to.isDialled = true;
      from.call.number ??= numberIn(dialString, from.call.requested);
    },
    look(call, at) {
      if (call.endedAt !== undefined) return [];
      const direction = directionOf(call);
      const decided = direction === undefined ? [] : decide(call, direction);
      return [...decided, ...tellPhones(call), ...tellTalk(call, at)];
    },
    hungUp(channel, at) {
      const { call } = channel;
      if (call.endedAt !== undefined) return [];
      const told: Change[] = call.told.has(channel) ? [{ kind: 'leg-ended', call, leg: legOf(channel), at }] : [];
      const client = call.client ?? (call.direction === 'outgoing' ? undefined : call.caller);
      const isOver = channel === client || !hasPhone(call.channels);
      return isOver && !channel.isVirtual ? [...told, ...end(call, at)] : told;
    },
  };
}

function hasPhone(channels: ReadonlySet<Channel>): boolean {
  for (const channel of channels) if (!channel.isVirtual) return true;
  return false;
}

function decide(call: Call, direction: PbxDirection): Change[] {
  if (call.direction !== undefined) return [];
  call.direction = direction;
  call.number ??= direction === 'outgoing' ? (call.requested ?? call.caller?.dialled) : call.caller?.number;
  return [{ kind: 'ringing', call, at: call.startedAt }];
}

function directionOf(call: Call): PbxDirection | undefined {
  const { caller, called } = call;
  if (call.direction !== undefined || caller === undefined) return undefined;
  if (call.id.startsWith(OWN_CALL)) return 'outgoing';
  if (caller.isTrunk && !caller.isCalled) return 'incoming';
  if (called.some((channel) => channel.isTrunk && (channel.isDialled || channel.bridge !== undefined)))
    return 'outgoing';
  return called.some((channel) => !channel.isTrunk) ? 'internal' : undefined;
}

// Of a call that goes out, whatever leads out; of every other who called.
function clientsOf({ caller, called, direction }: Call): Channel[] {
  if (direction === 'outgoing') return called.some((one) => one.isTrunk) ? called.filter((one) => one.isTrunk) : called;
  return caller === undefined || direction === undefined ? [] : [caller];
}

// `provider/+48221234567`, `48221234567@provider`: what was dialled, without the digit for a line outside.
function numberIn(dialString: string | undefined, requested: string | undefined): string | undefined {
  const digits = (text: string) => text.replace(/\D/g, '');
  const sent = (dialString ?? '').split(/[/@]/).find(isOutsideNumber);
  if (sent === undefined || (requested !== undefined && digits(requested) === digits(sent))) return requested;
  return sent;
}
