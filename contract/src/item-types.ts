import { z } from 'zod';
import { id, itemType, listOf, name } from './common.ts';

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

const typeName = name.max(60);
export const itemTypeBody = z.strictObject({
  name: typeName,
  plural: typeName,
  /** Made from the name when left out; it never changes afterwards. */
  code: itemType.optional(),
  icon: itemTypeIcon.default('box'),
});
export type ItemTypeBody = z.input<typeof itemTypeBody>;
export const itemTypePatch = z.strictObject({
  name: typeName.optional(),
  plural: typeName.optional(),
  icon: itemTypeIcon.optional(),
});
export type ItemTypePatch = z.infer<typeof itemTypePatch>;
export const itemTypeParams = z.strictObject({ code: z.string().min(1).max(41) });
