import type { z } from 'zod';
import type { SignalDefinition } from './define-signal.ts';
import * as families from './families.ts';

type Known = (typeof families)[keyof typeof families];
export type SignalKind = Known['kind'];
/** The payload of one kind of signal, as it is after the schema has filled in its defaults. */
export type PayloadOf<K extends SignalKind> = z.output<Extract<Known, { readonly kind: K }>['schema']>;

/** Every kind of signal there is (semantics.md 1.1). */
export const signalKinds: readonly SignalDefinition<SignalKind>[] = Object.values(families);

export function findSignalKind(kind: string): SignalDefinition<SignalKind> | undefined {
  return signalKinds.find((definition) => definition.kind === kind);
}
