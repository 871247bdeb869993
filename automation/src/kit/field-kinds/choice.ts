import { type Coerce, defineFieldKind, type FieldKindDefinition } from './define-field-kind.ts';
import { isText, shownAs } from './scalars.ts';

/** The option's value, by its value or its name. */
export const coerceOption: Coerce = (value, { spec }) => {
  const text = shownAs(value);
  const options = spec?.options ?? [];
  return options.length === 0 ? text : options.find((option) => option.value === text || option.name === text)?.value;
};

export const keepsOption: FieldKindDefinition['keeps'] = (value, { options = [] }) =>
  isText(value) && (options.length === 0 || options.some((option) => option.value === value));

export const choice = defineFieldKind({
  asked: ['same', 'words'],
  hasOptions: true,
  fromColumn: false,
  coerce: coerceOption,
  keeps: keepsOption,
  expected: 'one of the options',
});
