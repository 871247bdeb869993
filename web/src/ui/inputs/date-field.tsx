import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/it';
import 'dayjs/locale/pl';
import 'dayjs/locale/pt';
import { DateInput, type DateInputProps, DatesProvider } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../text/format.ts';
import { dayPattern, readDay, weekBegins, writeDay } from './language-forms.ts';

interface DateFieldProps
  extends Omit<DateInputProps, 'value' | 'defaultValue' | 'onChange' | 'dateParser' | 'valueFormat' | 'locale'> {
  /** `2026-12-31`; null for none. */
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

/** A day, typed or chosen as the user's language has it. What is no day changes nothing and says so. */
export function DateField({ value, onChange, error, onBlur, onKeyDown, ...rest }: DateFieldProps) {
  const { t, i18n } = useTranslation();
  const { language } = useFormat();
  const [refused, setRefused] = useState<string | null>(null);
  const example = writeDay(`${new Date().getFullYear()}-12-31`, language);
  const change = (day: string | null) => {
    setRefused(null);
    onChange(day);
  };
  const leave = (text: string) => {
    const day = readDay(text, language, true);
    const isRefused = text.trim() !== '' && day === null;
    if (isRefused) setRefused(text);
    else if (day !== null && day !== value) change(day);
    return isRefused;
  };
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: weekBegins(language) }}>
      <DateInput
        autoComplete="off"
        placeholder={dayPatternFor(language, t('inputs.dayLetters'))}
        ariaLabels={{
          previousMonth: t('inputs.previousMonth'),
          nextMonth: t('inputs.nextMonth'),
          previousYear: t('inputs.previousYear'),
          nextYear: t('inputs.nextYear'),
          previousDecade: t('inputs.previousYears'),
          nextDecade: t('inputs.nextYears'),
          monthLevelControl: t('inputs.chooseMonth'),
          yearLevelControl: t('inputs.chooseYear'),
        }}
        clearButtonProps={{ 'aria-label': t('inputs.clear') }}
        {...rest}
        value={value}
        onChange={change}
        dateParser={(text) => readDay(text, language)}
        valueFormat={dayPattern(language)}
        onBlur={(event) => {
          // Whoever closes when it is left stays open.
          if (leave(event.currentTarget.value)) event.preventDefault();
          onBlur?.(event);
        }}
        onKeyDown={(event) => {
          // Enter sends a form, and would send it without what could not be read.
          if (event.key === 'Enter' && leave(event.currentTarget.value)) event.preventDefault();
          onKeyDown?.(event);
        }}
        error={refused === null ? error : t('inputs.noDay', { text: refused, example })}
      />
    </DatesProvider>
  );
}

// D, M and Y are other letters in other languages: dd.mm.rrrr.
function dayPatternFor(language: string, letters: string): string {
  const [day = 'd', month = 'm', year = 'y'] = letters;
  return dayPattern(language).replaceAll('D', day).replaceAll('M', month).replaceAll('Y', year);
}
