import { coerceOption, keepsOption } from './choice.ts';
import { defineFieldKind } from './define-field-kind.ts';

export const multiChoice = defineFieldKind({
  holds: 'several',
  asked: ['same', 'members'],
  hasOptions: true,
  fromColumn: false,
  coerce: coerceOption,
  keeps: keepsOption,
  expected: 'some of the options',
});
