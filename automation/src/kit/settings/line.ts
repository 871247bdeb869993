import type { SharedFields } from '../definitions/define-channel.ts';
import type { Spoken } from '../words/languages.ts';
import { choice, lineEmployees, number, text, toggle } from './fields.ts';
import strings from './line.strings.json' with { type: 'json' };
import type { TextsOf } from './strings.ts';

const fields = {
  number: text({ most: 40 }),
  employees: lineEmployees(),
  incomingCounts: choice(['start', 'end'], 'start'),
  outgoingCounts: choice(['end', 'start'], 'end'),
  hours: choice(['always', 'company'], 'always'),
  afterHoursCard: toggle(),
  afterHoursUnknown: choice(['as always', 'create lead', 'create deal', 'ignore'], 'as always'),
  recordings: choice(['keep', 'refuse'], 'keep'),
  keepRecordingsDays: number({ initial: 0, most: 36_500, whole: true }),
};
const texts: Spoken<TextsOf<typeof fields>> = strings;

/** What every line has, whichever exchange its calls come from. */
export const line: SharedFields = { fields, texts };
