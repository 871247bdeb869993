import { controls } from '@signalbox/automation/kit/settings/setting.ts';
import { channelKinds as kinds } from '@signalbox/automation/signals/channel-kinds.ts';
import { z } from 'zod';
import { id, listOf, name, pageQuery, time } from '../common.ts';

export const channelKind = z.enum(kinds);
export type ChannelKind = z.infer<typeof channelKind>;

/** Its provider keeps failing: what is to leave through it waits, and is tried again by itself at `until`. */
export const channelPause = z.object({
  since: time,
  until: time,
  /** In a row. */
  failures: z.int(),
  /** What the provider said the last time, in English words and as a code with its parameters. */
  error: z.string(),
  reason: z.json(),
});

/** Secrets among the settings are never answered: `{set: true}` stands in their place. */
export const channel = z.object({
  id,
  kind: channelKind,
  provider: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  settings: z.record(z.string(), z.json()),
  /** Null: it is not paused. */
  pause: channelPause.nullable(),
});
export type Channel = z.infer<typeof channel>;
export const channels = listOf(channel);
export const channelsQuery = z.strictObject({ ...pageQuery, kind: channelKind.optional() });

const settings = z.record(z.string().max(100), z.json());
export const channelBody = z.strictObject({
  kind: channelKind,
  provider: z.string().min(1).max(100),
  name,
  settings: settings.default({}),
});
export type ChannelBody = z.input<typeof channelBody>;
export const channelPatch = z.strictObject({
  name: name.optional(),
  enabled: z.boolean().optional(),
  settings: settings.optional(),
});

/** What keeps a channel from being deleted; when both are empty, nothing does. */
export const channelUse = z.object({
  /** The triggers and rules of today's automation that name it. */
  automation: z.array(
    z.object({
      pipeline: z.object({ id, name: z.string(), type: z.string() }),
      lane: z.enum(['trigger', 'rule']),
      key: z.string(),
      /** The entry's own id in the automation file. */
      entry: z.string().nullable(),
      name: z.string().nullable(),
    }),
  ),
  /** Messages that have not left through it yet. */
  waiting: z.number().int(),
});
export type ChannelUse = z.infer<typeof channelUse>;

/** What was tried of a channel just now, in its order; nothing follows what failed. */
export const channelTest = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      code: z.enum(['connected', 'signed-in', 'number', 'web-hook']),
      ok: z.boolean(),
      /** In English words; of what failed `reason` is a code with its parameters, for those in other languages. */
      message: z.string(),
      reason: z.json(),
    }),
  ),
});
export type ChannelTest = z.infer<typeof channelTest>;

/** A setting of a kind of channel, enough to draw its form. */
export const channelSetting = z.object({
  code: z.string(),
  /** An employee, given by id, is a `person` here. */
  control: z.enum(controls).exclude(['employee']),
  required: z.boolean(),
  default: z.json(),
  options: z.array(z.string()),
});
export const channelKinds = z.object({
  data: z.array(
    z.object({
      kind: channelKind,
      providers: z.array(z.object({ provider: z.string(), settings: z.array(channelSetting) })),
    }),
  ),
});
export type ChannelKinds = z.infer<typeof channelKinds>;
