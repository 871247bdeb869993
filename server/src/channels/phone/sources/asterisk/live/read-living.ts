import type { Packet } from '../ami/packet-reader.ts';
import type { PbxEvent } from '../reading/pbx-event.ts';
import { readShownChannel } from '../reading/read-ami-event.ts';
import type { Manager } from './manager.ts';

interface Shown {
  readonly event: PbxEvent;
  readonly at: Date;
}

interface Living {
  readonly ids: ReadonlySet<string>;
  readonly events: readonly Shown[];
}

/** The channels that live, as events, the oldest first; undefined: this exchange cannot say (before AMI 1.0). */
export async function readLiving(manager: Pick<Manager, 'list'>, now: Date): Promise<Living | undefined> {
  // AMI 1.0 knows only Status.
  const rows = (await manager.list('CoreShowChannels')) ?? (await manager.list('Status'));
  if (rows === undefined) return undefined;
  const shown = rows
    .map((row) => ({ ...readShownChannel(row), at: new Date(now.getTime() - secondsOf(row) * 1_000) }))
    .filter(({ channel }) => channel.id !== '')
    // Who called before whom was called; the caller's channel has the id of the call.
    .toSorted((one, other) => one.at.getTime() - other.at.getTime() || Number(isFirst(other)) - Number(isFirst(one)));
  const begun = shown.map(({ channel, at }): Shown => ({ event: { kind: 'start', channel }, at }));
  const bridged = shown.flatMap(({ channel, bridge, peer }): Shown[] => {
    if (bridge !== undefined) return [{ event: { kind: 'bridged', channel, bridge, holds: false }, at: now }];
    return peer === undefined ? [] : [{ event: { kind: 'linked', channel, to: { id: peer } }, at: now }];
  });
  return { ids: new Set(shown.map(({ channel }) => channel.id)), events: [...begun, ...bridged] };
}

const isFirst = ({ channel }: ReturnType<typeof readShownChannel>) => channel.linked === channel.id;

// `00:01:05`, or seconds.
function secondsOf(row: Packet): number {
  const parts = (row.get('duration') ?? row.get('seconds') ?? '0').split(':').map(Number);
  const seconds = parts.reduce((sum, part) => sum * 60 + part, 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : 0;
}
