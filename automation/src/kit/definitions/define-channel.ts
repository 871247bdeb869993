import type { ChannelKind } from '../../signals/channel-kinds.ts';
import type { Fields } from '../settings/setting.ts';
import { type Parsed, settingsParser } from '../settings/settings.ts';
import type { ChannelStrings, ChannelText, FieldText } from '../settings/strings.ts';
import { type Tie, ties, tieTexts } from '../settings/ties.ts';
import type { Language, Spoken } from '../words/languages.ts';

export interface ChannelSpec<F extends Fields> {
  readonly kind: ChannelKind;
  /** With the kind the path of its file, `kind/provider.ts`; stored, never renamed. */
  readonly provider: string;
  /** A Lucide icon. */
  readonly icon: string;
  readonly fields: F;
  /** What every provider of the kind asks for, before its own fields. */
  readonly shared?: SharedFields;
  /** Given by kinds whose signals may know only the client: which of the client's items they reach by default (semantics.md 2.2). */
  readonly ties?: Tie;
  readonly strings: ChannelStrings<F>;
  /** Settings that parse, shown in the documentation. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly start?: ChannelStart;
}

export interface SharedFields {
  readonly fields: Fields;
  readonly texts: Spoken<Readonly<Record<string, FieldText>>>;
}

/** The channel that a new workspace begins with where the sandbox is on; given by each kind's `sandbox`. */
export interface ChannelStart {
  nameIn(language: Language): string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ChannelDefinition {
  /** `kind/provider`. */
  readonly key: string;
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly icon: string;
  /** The provider's settings, those first that all of its kind have. */
  readonly fields: Fields;
  /** How its signals find their item; empty for kinds that always know it. */
  readonly ties: Fields;
  readonly example: Readonly<Record<string, unknown>>;
  readonly start: ChannelStart | null;
  /** Words for the provider and for every setting, those of the ties too. */
  textIn(language: Language): ChannelText;
  /** Reads settings, texts without spaces around them; problems carry the setting's name as path. */
  parse(raw: Readonly<Record<string, unknown>>): Parsed<Readonly<Record<string, unknown>>>;
}

/** A kind of channel: what it is called, in the plural, as the settings list it, and by whom it may be provided. */
export interface ChannelKindDefinition {
  readonly kind: ChannelKind;
  /** A Lucide icon. */
  readonly icon: string;
  readonly strings: Spoken<{ readonly name: string; readonly add: string; readonly what: string }>;
  readonly providers: readonly ChannelDefinition[];
}

/** What may be set up for one provider of a kind of channel. */
export function defineChannel<F extends Fields>(spec: ChannelSpec<F>): ChannelDefinition {
  const { kind, provider, icon, strings, example, shared } = spec;
  const fields: Fields = { ...shared?.fields, ...spec.fields };
  const tied: Fields = spec.ties === undefined ? {} : ties(spec.ties);
  const parse = settingsParser({ ...fields, ...tied });
  return {
    key: `${kind}/${provider}`,
    ...{ kind, provider, icon, fields, ties: tied, example, start: spec.start ?? null },
    textIn(language) {
      const { name, what, fields: own } = strings[language];
      const all = { ...shared?.texts[language], ...own };
      return { name, what, fields: spec.ties === undefined ? all : { ...all, ...tieTexts[language].fields } };
    },
    parse: (raw) => parse(Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, trimmed(value)]))),
  };
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
