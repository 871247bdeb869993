import { z } from 'zod';
import { heldBack, itemType } from '../common.ts';

/** How far a right goes: one's own, those of one's departments and all below them, or all. Each holds what stands before it. */
export const reaches = ['none', 'own', 'department', 'all'] as const;
export const reach = z.enum(reaches);
export type Reach = z.infer<typeof reach>;

/** What may be done to an item or a client. */
export const rightVerbs = ['read', 'add', 'change', 'delete', 'export'] as const;
export type RightVerb = (typeof rightVerbs)[number];

/** A row of the matrix. */
export const grants = z.strictObject({ read: reach, add: reach, change: reach, delete: reach, export: reach });
export type Grants = z.infer<typeof grants>;

/** Rights that are had or not: edit automation, manage people, see all mail, settings. */
export const rightAreas = ['automation', 'people', 'mail', 'settings'] as const;
export type RightArea = (typeof rightAreas)[number];
const areas = z.strictObject({
  automation: z.boolean(),
  people: z.boolean(),
  mail: z.boolean(),
  settings: z.boolean(),
});

export const fieldLimit = heldBack;
export type FieldLimit = z.infer<typeof fieldLimit>;
const fieldCode = z.string().min(1).max(100);

/** A role's matrix, one document. What a type or a pipeline does not say stands in `all`. */
export const roleRights = z.strictObject({
  items: z.strictObject({
    /** Every type of item, also those that are made later. */
    all: grants,
    /** By the type's code, instead of `all`. */
    types: z.record(itemType, grants).default({}),
    /** By the pipeline's id, instead of its type's. */
    pipelines: z.record(z.string().regex(/^\d{1,15}$/), grants).default({}),
  }),
  /** Contacts and companies. */
  clients: grants,
  areas,
  /** By the type's code, `contact` or `company`; then by the field's code. */
  fields: z.record(itemType, z.record(fieldCode, fieldLimit)).default({}),
});
export type RoleRights = z.infer<typeof roleRights>;

/** What a person may do by all their roles together: of two roles the one that allows more counts, cell by cell. */
export const effectiveRights = z.object({ administrator: z.boolean(), ...roleRights.shape });
export type EffectiveRights = z.infer<typeof effectiveRights>;

/** Fields of items that no role may hide, only hold as they are: rights and screens stand on them. */
export const neverHidden: readonly string[] = ['title', 'currency', 'responsible', 'observers', 'contact', 'company'];
/** Fields of items that a role may hide, as it may every custom field. */
export const hideable: readonly string[] = ['amount', 'source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'];

type ItemRights = RoleRights['items'];

/** The row that counts for a pipeline; without one, for a type as a whole. */
export function grantsOf({ all, types, pipelines }: ItemRights, at: { type: string; pipeline?: number }): Grants {
  const ofPipeline = at.pipeline === undefined ? undefined : pipelines[String(at.pipeline)];
  const ofType = Object.hasOwn(types, at.type) ? types[at.type] : undefined;
  return ofPipeline ?? ofType ?? all;
}

export function widest(all: readonly Reach[]): Reach {
  return all.reduce<Reach>((best, one) => (reaches.indexOf(one) > reaches.indexOf(best) ? one : best), 'none');
}

export function isWithin(one: Reach, other: Reach): boolean {
  return reaches.indexOf(one) <= reaches.indexOf(other);
}
