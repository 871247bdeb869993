import type { ChannelDefinition, ChannelKindDefinition } from '../kit/definitions/define-channel.ts';
import { type ChannelKind, channelKinds } from '../signals/channel-kinds.ts';
import * as kinds from './kinds.ts';

const byKind = new Map(Object.values(kinds).map((definition) => [definition.kind, definition]));

/** Throws for a kind without a line in `kinds.ts`; `registry.test.ts` names it. */
export function channelKindOf(kind: ChannelKind): ChannelKindDefinition {
  const definition = byKind.get(kind);
  if (definition === undefined) throw new Error(`channels/kinds.ts has no line for ${kind}`);
  return definition;
}

/** Every provider of every kind of channel, as the settings offer them. */
export const channels: readonly ChannelDefinition[] = channelKinds.flatMap((kind) => byKind.get(kind)?.providers ?? []);

export const providersOf = (kind: ChannelKind): readonly ChannelDefinition[] =>
  channels.filter((channel) => channel.kind === kind);

/** Undefined: the kind has no such provider. */
export const findChannelDefinition = (kind: ChannelKind, provider: string): ChannelDefinition | undefined =>
  channels.find((channel) => channel.kind === kind && channel.provider === provider);
