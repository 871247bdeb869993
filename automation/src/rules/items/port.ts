import type { FieldValue } from '../../kit/values/values.ts';

/** Where something that is made is put: pipeline by id or name, stage by code; null: the first one. */
interface PlaceNamed {
  readonly pipeline: number | string | null;
  readonly stage: string | null;
}

export interface NewItemWish extends PlaceNamed {
  readonly type: string;
  readonly title: string;
  readonly responsibleId: number | null;
  /** As the item has them, or as they were written: read by the kinds of the fields there. */
  readonly values: readonly { readonly field: string; readonly value: FieldValue }[];
  /** Its contact and company go along. */
  readonly keepsClients: boolean;
  /** The item is its parent: what happens to the one is known of the other. */
  readonly keepsTie: boolean;
  readonly byId: number | null;
}

export interface ConversionWish extends PlaceNamed {
  /** Null: nobody is made. */
  readonly contact: { readonly name: string } | null;
  readonly company: { readonly name: string } | null;
  readonly deal: { readonly title: string; readonly responsibleId: number | null } | null;
  readonly byId: number | null;
}

export interface ConversionMade {
  readonly dealId: number | null;
  readonly contactId: number | null;
  readonly companyId: number | null;
}

/** Items made of items, in the run's transaction; a rule that makes one is a link of its chain (semantics.md 7). */
export interface MakingPort {
  /** Throws `Impossible`: a type, a place or a field that is gone, a value that does not fit, a loop. */
  createItem(wish: NewItemWish): Promise<{ readonly itemId: number }>;
  /** As when a person converts it: once; the second time with the deal of the first. */
  convertLead(wish: ConversionWish): Promise<ConversionMade>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly making: MakingPort;
  }
}
