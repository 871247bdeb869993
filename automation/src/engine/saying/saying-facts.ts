import type { FieldSpec } from '../../kit/values/values.ts';
import type { Language } from '../../kit/words/languages.ts';

/** What has to be known to say a verdict as people know things; what is not known is never shown by its number or code. */
export interface SayingFacts {
  readonly language: Language;
  readonly timeZone: string;
  readonly fields: readonly FieldSpec[];
  readonly clientFields?: readonly FieldSpec[];
  /** The stages, by code and by id. */
  readonly stages: readonly { readonly id: number; readonly code: string; readonly name: string }[];
  /** The kind of the signal, for the names of its parts. */
  readonly signal?: string;
  /** An employee's name. */
  person(id: number): string | undefined;
  /** What a client or an item is called, by the value of the field that names it. */
  record?(kind: 'client' | 'item', value: unknown): string | undefined;
  /** What a channel, a form, a template … is called. */
  thing?(id: number | string): string | undefined;
}
