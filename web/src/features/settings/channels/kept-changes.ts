import type { Fields } from '@signalbox/automation/kit/settings/setting.ts';
import { z } from 'zod';

/** What was typed and is not saved: only what differs. */
export interface Changes {
  readonly name?: string | undefined;
  readonly settings: Readonly<Record<string, z.core.util.JSONType>>;
}

export const noChanges: Changes = { settings: {} };

/** Under which name the changes of a channel, or of one to be made, are kept in this tab. */
export const channelKept = (channel: number | string) => `signalbox.draft.channel.${channel}`;

const kept = z.object({ name: z.string().optional(), settings: z.record(z.string(), z.json()) });

/** Null: nothing was kept. */
export function findChanges(name: string): Changes | null {
  try {
    return kept.safeParse(JSON.parse(sessionStorage.getItem(name) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Secrets are never written down. */
export function keepChanges(name: string, changes: Changes, fields: Fields): void {
  const settings = Object.entries(changes.settings).filter(([setting]) => fields[setting]?.control !== 'secret');
  try {
    if (changes.name === undefined && settings.length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ ...changes, settings: Object.fromEntries(settings) }));
  } catch {
    // A full or forbidden storage costs the survival of what was typed, not the typing.
  }
}
