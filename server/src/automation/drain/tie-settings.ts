import { foldedName } from '@signalbox/automation/kit/definitions/match.ts';
import { findSignalKind } from '@signalbox/automation/signals/index.ts';
import { z } from 'zod';
import type { StoredChannel } from '../../connections/channels.store.ts';
import type { WaitingSignal } from './signal-queue.store.ts';

/** How a channel ties what its clients do (semantics.md 2.2, 2.4). */
export interface TieSettings {
  readonly tie: 'latest' | 'all';
  readonly closedItemsToo: boolean;
  readonly unknownClient: 'create lead' | 'create deal' | 'ignore';
  /** Who is responsible for what is made. */
  readonly responsibleId: number | null;
}

const unknownClient = z.enum(['create lead', 'create deal', 'ignore']);
const saved = z.object({
  tie: z.enum(['latest', 'all']).optional().catch(undefined),
  closedItemsToo: z.boolean().optional().catch(undefined),
  unknownClient: unknownClient.optional().catch(undefined),
  afterHoursUnknown: unknownClient.optional().catch(undefined),
  responsible: z.number().nullish().catch(undefined),
});

/** The settings of the channel that the signal came through, defaults filled in by its kind. */
export function tieSettingsOf({ facts }: WaitingSignal, channels: readonly StoredChannel[]): TieSettings {
  const definition = findSignalKind(facts.kind);
  const payload = definition?.schema.safeParse(facts.payload);
  const reference = definition !== undefined && payload?.success ? definition.channelOf(payload.data) : null;
  const channel = channels.find((one) => one.kind === definition?.channelKind && isMeant(one, reference));
  const settings = channel && saved.parse(channel.settings);
  const isAfterHours = payload?.success === true && payload.data.afterHours === true;
  const afterHours = isAfterHours ? settings?.afterHoursUnknown : undefined;
  return {
    tie: settings?.tie ?? definition?.multiClient ?? 'latest',
    closedItemsToo: settings?.closedItemsToo ?? false,
    unknownClient: afterHours ?? settings?.unknownClient ?? (definition?.channelKind ? 'create lead' : 'ignore'),
    responsibleId: settings?.responsible ?? null,
  };
}

function isMeant({ id, name, settings }: StoredChannel, reference: number | string | null): boolean {
  if (reference === null) return false;
  if (reference === id || reference === String(id)) return true;
  const names = [name, settings.address, settings.number];
  return (
    typeof reference === 'string' &&
    names.some((known) => typeof known === 'string' && foldedName(known) === foldedName(reference))
  );
}
