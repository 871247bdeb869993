import { useTranslation } from 'react-i18next';
import { useFormat } from '../text/format.ts';
import { numberMarks, readNumber } from './language-forms.ts';
import { TypedInput, type TypedInputFrame } from './typed-input.tsx';

interface DecimalInputProps extends TypedInputFrame {
  /** As JavaScript writes it; null or empty for none. */
  readonly value: string | number | null;
  /** What the text means, as JavaScript writes it; null when there is none. */
  readonly onChange: (number: string | null) => void;
  /** How many digits behind the mark; what is typed beyond is left away. */
  readonly decimals?: number;
  readonly min?: number;
  readonly ungrouped?: boolean;
}

/** A number, typed and shown as the user's language has it. */
export function DecimalInput({ value, onChange, decimals = 20, min, ungrouped = false, ...rest }: DecimalInputProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const read = (text: string) => {
    const number = readNumber(text, numberMarks(language));
    const isTooLow = number !== null && min !== undefined && Number(number) < min;
    return number === null || isTooLow ? null : cut(number, decimals);
  };
  return (
    <TypedInput
      {...rest}
      inputMode="decimal"
      shown={value === null ? '' : shown(String(value), language, ungrouped)}
      read={read}
      onRead={onChange}
      refusal={(text) => t('inputs.noNumber', { text, example: shown('1234.5', language) })}
    />
  );
}

function cut(number: string, decimals: number): string {
  const [whole = '', fraction = ''] = number.split('.');
  const rest = fraction.slice(0, decimals);
  return rest === '' ? whole : `${whole}.${rest}`;
}

// By its digits: a number of JavaScript has not all those of an amount.
function shown(number: string, language: string, ungrouped = false): string {
  if (!/^-?\d+(\.\d*)?$/.test(number)) return number;
  const { decimal, group } = numberMarks(language);
  const [whole = '', fraction = ''] = number.split('.');
  const grouped = ungrouped ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return fraction === '' ? grouped : grouped + decimal + fraction;
}
