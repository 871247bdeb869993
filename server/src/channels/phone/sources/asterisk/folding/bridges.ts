import type { Bridge, Channel } from './channel.ts';

/** Who hears whom. */
export interface Bridges {
  enter(channel: Channel, bridge: { readonly id: string; readonly holds: boolean }): void;
  leave(channel: Channel): void;
  /** The halves of a Local channel hear each other: found by their names. */
  pair(channel: Channel): void;
  unpair(channel: Channel): void;
  /** Phones and trunks that a channel hears, through whatever virtual channels lie between. */
  heardBy(channel: Channel): Channel[];
}

/** In one bridge, and as far as anybody is heard: larger conferences are nobody's call. */
const MOST_HEARD = 100;

export function createBridges(): Bridges {
  const bridges = new Map<string, Bridge>();
  const halves = new Map<string, Channel>();

  const leave = (channel: Channel) => {
    const { bridge } = channel;
    if (bridge === undefined) return;
    bridge.members.delete(channel);
    if (bridge.members.size === 0) bridges.delete(bridge.id);
    channel.bridge = undefined;
  };
  const neighbours = (channel: Channel): Channel[] => {
    const other = halves.get(otherHalf(channel.name));
    const members = channel.bridge?.holds === false ? [...channel.bridge.members] : [];
    return other === undefined ? members : [...members, other];
  };

  return {
    leave,
    enter(channel, { id, holds }) {
      if (channel.bridge?.id === id) return;
      leave(channel);
      const bridge = bridges.get(id) ?? { id, holds, members: new Set() };
      if (bridge.members.size >= MOST_HEARD) return;
      bridges.set(id, bridge);
      bridge.members.add(channel);
      channel.bridge = bridge;
    },
    pair(channel) {
      if (channel.isVirtual) halves.set(channel.name, channel);
    },
    unpair(channel) {
      if (halves.get(channel.name) === channel) halves.delete(channel.name);
    },
    heardBy(channel) {
      const reached = new Set([channel]);
      for (const one of reached) {
        if (one !== channel && !one.isVirtual) continue;
        if (reached.size > MOST_HEARD) break;
        for (const next of neighbours(one)) reached.add(next);
      }
      return [...reached].filter((one) => one !== channel && !one.isVirtual);
    },
  };
}

// `Local/101@default-0000004f;1` and `;2`
function otherHalf(name: string): string {
  if (name.endsWith(';1')) return `${name.slice(0, -1)}2`;
  return name.endsWith(';2') ? `${name.slice(0, -1)}1` : '';
}
