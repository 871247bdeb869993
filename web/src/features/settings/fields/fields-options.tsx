import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fieldUseQuery } from '../../../api/items/fields.ts';

export interface Option {
  /** Empty until it is saved. */
  readonly value: string;
  readonly name: string;
}

interface OptionsEditorProps {
  readonly field: Field;
  readonly options: readonly Option[];
  readonly change: (options: readonly Option[]) => void;
  readonly error: string | undefined;
}

/** Renamed in place, moved by arrows; one that is taken away says where it is still chosen. */
export function OptionsEditor({ field, options, change, error }: OptionsEditorProps) {
  const { t } = useTranslation('fields');
  const { data: use } = useQuery(fieldUseQuery(field));
  const gone = field.options.flatMap(({ value, name }) => {
    const count = use?.options.find((one) => one.value === value)?.records ?? 0;
    return count > 0 && options.every((option) => option.value !== value) ? [{ name, count }] : [];
  });
  const move = (from: number, to: number) => {
    const option = options[from];
    if (option !== undefined) change(options.toSpliced(from, 1).toSpliced(to, 0, option));
  };
  return (
    <Input.Wrapper label={t('settings.options')} error={error} labelElement="div">
      <Stack gap={4}>
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new option is known by its place only
          <Group key={index} gap={2} wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              aria-label={t('settings.option', { number: index + 1 })}
              value={option.name}
              onChange={(event) => change(options.with(index, { ...option, name: event.currentTarget.value }))}
            />
            <ActionIcon
              size="sm"
              aria-label={t('settings.up', { name: option.name })}
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={t('settings.down', { name: option.name })}
              disabled={index === options.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={t('settings.removeOption', { name: option.name })}
              onClick={() => change(options.toSpliced(index, 1))}
            >
              <X size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Plus size={13} />}
          onClick={() => change([...options, { value: '', name: '' }])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('settings.addOption')}
        </Button>
        {gone.map(({ name, count }) => (
          <Text key={name} size="xs" c="dimmed" role="status">
            {name}: {t('settings.optionUsed', { count })}
          </Text>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
