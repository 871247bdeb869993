import { type Coerce, defineFieldKind } from './define-field-kind.ts';
import { shownAs } from './scalars.ts';

/** The option's value, by its value or its name. */
export const coerceOption: Coerce = (value, { spec }) => {
  const text = shownAs(value);
  const options = spec?.options ?? [];
  return options.length === 0 ? text : options.find((option) => option.value === text || option.name === text)?.value;
};

export const choice = defineFieldKind({
  asked: ['same', 'words'],
  hasOptions: true,
  fromColumn: false,
  coerce: coerceOption,
  expected: 'one of the options',
});
