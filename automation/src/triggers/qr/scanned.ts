import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchSome } from '../../kit/definitions/match.ts';
import { references } from '../../kit/settings/fields.ts';
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
