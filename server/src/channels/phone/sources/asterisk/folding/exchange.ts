import type { PbxEvent } from '../reading/pbx-event.ts';
import { type Book, hangUp, know, letGo, link, openBook, rename } from './book.ts';
import type { Channel } from './channel.ts';
import type { Site } from './site.ts';
import type { Change } from './telling.ts';

/** An exchange as its events show it: feed them in order. It keeps what lives, and the ids of what has ended lately. */
export interface Exchange {
  /** What is repeated changes nothing. */
  take(event: PbxEvent, at: Date): Change[];
  /** The exchange has shown all channels that live: those it did not show have ended meanwhile. */
  endOthers(living: ReadonlySet<string>, at: Date): Change[];
  readonly size: { readonly channels: number; readonly calls: number };
  /** Ids of the calls that live. */
  calls(): string[];
}

/** More than any exchange has at a time; the oldest are let go, and whoever kept their calls closes them. */
const MOST_CHANNELS = 20_000;
/** Of one call. */
const MOST_FILES = 10;

export function createExchange(site: Site, { mostChannels = MOST_CHANNELS } = {}): Exchange {
  const book = openBook(site, mostChannels);
  return {
    take(event, at) {
      if (event.kind === 'hangup') return hangUp(book, event.channel.id, at);
      const known = know(book, event.channel, at);
      if (known === undefined) return [];
      const { channel } = known;
      const changes = [...known.changes, ...act(book, channel, { event, at }), ...book.telling.look(channel.call, at)];
      letGo(book, mostChannels);
      return changes;
    },
    endOthers(living, at) {
      return [...book.channels.keys()].filter((id) => !living.has(id)).flatMap((id) => hangUp(book, id, at));
    },
    get size() {
      return { channels: book.channels.size, calls: book.calls.size };
    },
    calls: () => [...book.calls.keys()],
  };
}

function act(book: Book, channel: Channel, { event, at }: { event: PbxEvent; at: Date }): Change[] {
  const { bridges, telling } = book;
  const { call } = channel;
  switch (event.kind) {
    case 'told':
      return channel.isVirtual ? [] : telling.decide(call, event.direction);
    case 'voicemail':
      call.status ??= 'VOICEMAIL';
      return [];
    case 'recorded':
      if (call.files.size < MOST_FILES) call.files.add(event.file);
      return [];
    case 'dialled':
      call.status = event.status;
      return [];
    case 'bridged':
      bridges.enter(channel, { id: event.bridge ?? `of ${call.id}`, holds: event.holds });
      return [];
    case 'unbridged':
      bridges.leave(channel);
      return [];
    case 'renamed':
      rename(book, channel, { id: event.channel.id, name: event.name });
      return [];
    case 'dial': {
      const to = know(book, { ...event.to, linked: event.to.linked ?? call.id }, at);
      if (to !== undefined) telling.dial(channel, to.channel, event.dialString);
      return to?.changes ?? [];
    }
    case 'linked': {
      const to = know(book, event.to, at);
      return to === undefined ? [] : [...to.changes, ...link(book, [channel, to.channel], at)];
    }
    case 'paired': {
      const living = call.channels;
      const peer =
        [...living].find(({ name }) => name === event.peer) ?? call.called.findLast((one) => living.has(one));
      return peer === undefined ? [] : link(book, [channel, peer], at);
    }
    default:
      return [];
  }
}
