import { z } from 'zod';
import type { Language } from '../kit/words/languages.ts';
import type { ChannelKind } from './channel-kinds.ts';

/** `direct`: the signal names its items; `client`: only the client is known (semantics.md 2). */
export type Tie = 'direct' | 'client' | 'either';

/** The words of a family of signals: what each kind is called, and each thing that it may say. */
export type SignalStrings<K extends string, N extends PropertyKey> = Readonly<
  Record<Language, { readonly kinds: Readonly<Record<K, string>>; readonly fields: Readonly<Record<N, string>> }>
>;

export interface SignalSpec<K extends string, S extends z.ZodObject> {
  readonly kind: K;
  /** May be posted by outside systems (interfaces.md, `POST /api/v1/signals`). */
  readonly external: boolean;
  /** Of its family; a gap does not compile. */
  readonly strings: SignalStrings<NoInfer<K>, keyof NoInfer<S>['shape']>;
  readonly schema: S;
  readonly tie: Tie;
  readonly channelKind?: ChannelKind;
  readonly channelOf?: (payload: z.infer<S>) => number | string | undefined;
  /** Which of a client's open items a client tie reaches unless the channel says otherwise (semantics.md 2.2). */
  readonly multiClient?: 'latest' | 'all';
}

export interface SignalDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject> {
  readonly kind: K;
  readonly external: boolean;
  readonly schema: S;
  readonly tie: Tie;
  readonly channelKind: ChannelKind | null;
  channelOf(payload: z.infer<S>): number | string | null;
  readonly multiClient: 'latest' | 'all';
  /** The names of the payload, for conditions and templates over `signal.*`. */
  readonly names: readonly string[];
  /** What a person calls it: "E-mail opened". */
  nameIn(language: Language): string;
  /** What a person calls one name of the payload; the name itself for what the kind does not know. */
  fieldIn(language: Language, name: string): string;
}

/** One kind of signal: its payload, who may send it, what it is tied to (semantics.md 1). */
export function defineSignal<K extends string, S extends z.ZodObject>(spec: SignalSpec<K, S>): SignalDefinition<K, S> {
  return {
    kind: spec.kind,
    external: spec.external,
    schema: spec.schema,
    tie: spec.tie,
    channelKind: spec.channelKind ?? null,
    channelOf: (payload) => spec.channelOf?.(payload) ?? null,
    multiClient: spec.multiClient ?? 'latest',
    names: Object.keys(spec.schema.shape),
    nameIn: (language) => spec.strings[language].kinds[spec.kind],
    fieldIn: (language, name) =>
      new Map<string, string>(Object.entries(spec.strings[language].fields)).get(name) ?? name,
  };
}

/** A channel is named by its id or by its address or number. */
export const channelRef = z.union([z.number().int(), z.string()]);
/** Employees are named by id or by e-mail address. */
export const employeeRef = z.union([z.number().int(), z.string()]);
