import type { Language } from '../words/languages.ts';
import strings from './common.strings.json' with { type: 'json' };

type CommonStrings = (typeof strings)['en'];

/** The words of the settings that every trigger and rule has, of people and of durations; a gap does not compile. */
export const commonStrings: Readonly<Record<Language, CommonStrings>> = strings;
