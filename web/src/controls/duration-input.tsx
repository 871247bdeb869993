import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { unitAfter } from '../ui/text/unit-after.ts';
import type { TextFrame } from './control.ts';

const units = ['seconds', 'minutes', 'hours', 'days'] as const;

/** `10 minutes`, as the automation file has it. */
export function DurationInput({ description, ...props }: TextFrame) {
  if (description === undefined) return <Duration {...props} />;
  const { label, withAsterisk, error } = props;
  // A hint as wide as the form, not as the number.
  return (
    <Input.Wrapper {...{ label, description, withAsterisk, error }} labelElement="div">
      <Duration {...props} isNamed />
    </Input.Wrapper>
  );
}

interface DurationProps extends Omit<TextFrame, 'description'> {
  /** What stands around it says already what it is. */
  readonly isNamed?: boolean;
}

function Duration({ value, onChange, label, isNamed = false, ...frame }: DurationProps) {
  const { t, i18n } = useTranslation('automation');
  const [, count, unit] = /^\s*(\d+)\s+([a-z]+?)s?\s*$/.exec(value) ?? [];
  const known = units.find((name) => name === `${unit}s`) ?? 'minutes';
  const write = (next: number, word: string) => onChange(`${next} ${next === 1 ? word.slice(0, -1) : word}`);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap" mt={isNamed ? 6 : 0}>
      <NumberInput
        {...(isNamed ? { 'aria-label': label } : { ...frame, label: label ?? t('controls.duration') })}
        value={count === undefined ? '' : Number(count)}
        min={0}
        allowDecimal={false}
        onChange={(next) => write(typeof next === 'number' ? next : 0, known)}
        w={120}
      />
      <Select
        aria-label={t('controls.unit')}
        data={units.map((name) => ({ value: name, label: unitAfter(Number(count ?? 0), name, i18n.language) }))}
        value={known}
        onChange={(word) => write(Number(count ?? 0), word ?? known)}
        allowDeselect={false}
        w={140}
      />
    </Group>
  );
}
