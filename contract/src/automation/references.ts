import { thingKinds } from '@signalbox/automation/kit/settings/references.ts';
import { z } from 'zod';
import { channelKind } from '../channels/channels.ts';
import { id } from '../common.ts';

/** Everything that settings of triggers and rules may refer to by id or name. */
export const referenceKind = z.enum([...channelKind.options, ...thingKinds]);
export type ReferenceKind = z.infer<typeof referenceKind>;
export const referenceParams = z.strictObject({ kind: referenceKind });
/** GET /api/v1/references/:kind */
export const references = z.object({ data: z.array(z.object({ id, name: z.string() })) });
