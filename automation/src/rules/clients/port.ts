import type { FieldValue } from '../../kit/values/values.ts';

export interface ClientFieldChange {
  readonly field: string;
  /** As it was written: read by the kind of the field. */
  readonly value: FieldValue;
  readonly mode: 'replace' | 'append';
}

/** The item's contact and company, in the run's transaction. */
export interface ClientsPort {
  /** One save. Throws `Impossible`: no such client, a field that is gone, a value that does not fit. */
  change(change: {
    readonly kind: 'contact' | 'company';
    readonly changes: readonly ClientFieldChange[];
    readonly byId: number | null;
  }): Promise<void>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly clients: ClientsPort;
  }
}
