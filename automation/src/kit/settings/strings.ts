import type { Language } from '../words/languages.ts';
import type { Fields, Setting } from './setting.ts';

export interface FieldText {
  readonly label: string;
  /** One line below the control; may be empty. */
  readonly hint: string;
  readonly choices?: Readonly<Record<string, string>>;
}

type ChoiceOf<S> = S extends Setting<unknown, infer C> ? C : never;
type FieldTextOf<S> = [ChoiceOf<S>] extends [never]
  ? { readonly label: string; readonly hint: string }
  : { readonly label: string; readonly hint: string; readonly choices: Readonly<Record<ChoiceOf<S>, string>> };

/** What a catalogue entry says: its name and the three lines of triggers.md. */
export interface EntryText {
  readonly name: string;
  readonly what: string;
  readonly why: string;
  /** Good to know; may be empty. */
  readonly good: string;
  readonly synonyms: readonly string[];
}

export interface DefinitionText extends EntryText {
  readonly fields: Readonly<Record<string, FieldText>>;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** A text for each field. */
export type TextsOf<F extends Fields> = { readonly [K in keyof F]: FieldTextOf<F[K]> };

/** What the settings say of a provider: its name and what it does in a line. */
export interface ChannelText {
  readonly name: string;
  readonly what: string;
  readonly fields: Readonly<Record<string, FieldText>>;
}
export type ChannelStrings<F extends Fields> = Readonly<
  Record<Language, ChannelText & { readonly fields: TextsOf<F> }>
>;

/** Every language says everything about every field and choice: a gap does not compile. */
export type TriggerStrings<F extends Fields> = Readonly<Record<Language, EntryText & { readonly fields: TextsOf<F> }>>;
export type RuleStrings<F extends Fields, O> = Readonly<
  Record<
    Language,
    EntryText & {
      readonly fields: TextsOf<F>;
      readonly outputs: { readonly [K in keyof O]: string };
    }
  >
>;
export type DefinitionStrings = Readonly<Record<Language, DefinitionText>>;
