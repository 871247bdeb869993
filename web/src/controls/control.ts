import type { Setting } from '@signalbox/automation/kit/settings/setting.ts';
import type { FieldText } from '@signalbox/automation/kit/settings/strings.ts';
import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import type { Option } from './form-facts.tsx';

/** What every control of a settings form gets; values are as the automation file has them. */
export interface ControlProps {
  readonly name: string;
  readonly setting: Setting;
  readonly text: FieldText;
  /** Undefined: not said, the setting's default stands. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error?: string | undefined;
  /** The other settings of the same form, for controls that depend on a sibling. */
  readonly siblings: Readonly<Record<string, unknown>>;
}

/** What the form's parts share with Mantine's inputs. */
/** An input for a text: what stands around it, and the text. */
export interface TextFrame {
  readonly label?: string;
  readonly description?: string | undefined;
  readonly withAsterisk?: boolean;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function frameOf({ text, setting, error }: Pick<ControlProps, 'text' | 'setting' | 'error'>) {
  return {
    label: text.label,
    description: text.hint === '' ? undefined : text.hint,
    withAsterisk: setting.required,
    error,
  };
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A list as the form shows it: one thing stands for a list of one. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(textOf).filter((text) => text !== '');
  return textOf(value) === '' ? [] : [textOf(value)];
}

/** The value said, else the setting's default. */
export const shown = ({ value, setting }: Pick<ControlProps, 'value' | 'setting'>): unknown => value ?? setting.default;

export function nameOf(field: FieldSpec, language: Language): string {
  if (typeof field.name === 'string') return field.name;
  return field.name[language] ?? field.name.en ?? field.code;
}

/** Choices with those that were chosen but are gone, so that nothing disappears from a saved form. */
export function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(({ value }) => value));
  return [
    ...options,
    ...chosen.filter((value) => value !== '' && !known.has(value)).map((value) => ({ value, label: value })),
  ];
}

/** References are ids where they can be: `"12"` from a select is written back as 12. */
export const referenceOf = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);
