import { defineTrigger } from '../../kit/define-trigger.ts';
import { references } from '../../kit/fields.ts';
import { matchSome } from '../../kit/match.ts';
import strings from './scanned.strings.json' with { type: 'json' };

/** The client scans the QR code that a rule made. */
export const scanned = defineTrigger({
  key: 'qr/scanned',
  icon: 'qr-code',
  group: 'other',
  on: 'qr.scanned',
  fields: { rules: references('qr-rule') },
  strings,
  example: { rules: ['qr1'] },
  matches: ({ rule }, { rules }) => matchSome('rules', rules, [rule]),
});
