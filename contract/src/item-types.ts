import { z } from 'zod';
import { id, itemType, listOf } from './common.ts';

/** Pictures a smart process can have. */
export const itemTypeIcons = [
  'box',
  'briefcase',
  'calendar',
  'clipboard-list',
  'file-text',
  'graduation-cap',
  'hammer',
  'headset',
  'heart',
  'house',
  'key',
  'package',
  'shield',
  'star',
  'truck',
  'wrench',
] as const;
export const itemTypeIcon = z.enum(itemTypeIcons);
export type ItemTypeIcon = z.infer<typeof itemTypeIcon>;

/** A type of item: a standard one, or a smart process, which people have made. */
export const itemTypeEntry = z.object({
  /** Null for standard types. Programs that speak the compatible REST name a smart process `DYNAMIC_<id>`. */
  id: id.nullable(),
  code: itemType,
  /** Of one, in the caller's language if the type is standard. */
  name: z.string(),
  /** Of many. */
  plural: z.string(),
  icon: itemTypeIcon.nullable(),
  standard: z.boolean(),
});
export type ItemTypeEntry = z.infer<typeof itemTypeEntry>;
export const itemTypes = listOf(itemTypeEntry);
