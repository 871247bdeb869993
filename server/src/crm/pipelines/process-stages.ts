import type { Language, Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { NewStage } from './pipelines.store.ts';
import strings from './process-stages.strings.json' with { type: 'json' };
import { stagesOf } from './stages-of.ts';

const names: Spoken<(typeof strings)['en']> = strings;

/** The stages with which a smart process begins; people put their own in their place. */
export const processStages = (language: Language): NewStage[] => stagesOf(names[language]);
