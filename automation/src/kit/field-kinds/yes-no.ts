import { foldedText } from '../values/normal-form.ts';
import { defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

/** What means yes, and what no, to conditions, rules and filters. */
export const yesNoWords = { yes: ['true', 'yes', 'y', '1', 'on'], no: ['false', 'no', 'n', '0', 'off'] } as const;

/** Undefined: it is neither. */
export function parseYesNo(given: string): boolean | undefined {
  const text = foldedText(given);
  if (yesNoWords.yes.some((word) => word === text)) return true;
  return yesNoWords.no.some((word) => word === text) ? false : undefined;
}

export const yesNo = defineFieldKind({
  holds: 'one',
  compared: 'yesNo',
  asked: ['same'],
  coerce: (value) => parseYesNo(shownAs(value)),
  keeps: (value) => typeof value === 'boolean',
  expected: 'true or false',
});
