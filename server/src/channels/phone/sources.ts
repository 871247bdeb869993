import { api } from './sources/api/source.ts';
import { asterisk } from './sources/asterisk/source.ts';
import { sandbox } from './sources/sandbox/source.ts';
import type { CallSource } from './sources/source.ts';
import { twilio } from './sources/twilio/source.ts';

/** A new source is a line here and a provider of the kind `phone-line` (docs/telephone.md). */
export const sources: readonly CallSource[] = [sandbox, api, asterisk, twilio];

/** Providers whose exchanges can ring a phone. */
export const dials: ReadonlySet<string> = new Set(
  sources.flatMap(({ provider, dial }) => (dial === undefined ? [] : provider)),
);
