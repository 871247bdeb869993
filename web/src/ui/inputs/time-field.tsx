import { useTranslation } from 'react-i18next';
import { useFormat } from '../text/format.ts';
import { readTime, writeTime } from './language-forms.ts';
import { TypedInput, type TypedInputFrame } from './typed-input.tsx';

interface TimeFieldProps extends TypedInputFrame {
  /** `17:05`; empty for none. */
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** A time of day, typed as people write it and shown as the user's language has it. */
export function TimeField({ value, onChange, ...rest }: TimeFieldProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  return (
    <TypedInput
      {...rest}
      shown={readTime(value) === null ? value : writeTime(value, language)}
      read={readTime}
      onRead={(time) => onChange(time ?? '')}
      refusal={(text) => t('inputs.noTime', { text, example: writeTime('17:05', language) })}
    />
  );
}
