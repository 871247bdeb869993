import { ActionIcon, Button, Group, Input, Stack } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputProps } from './input-props.ts';
import { listOf, type Value } from './values.ts';

/** One input below the other, for kinds that are typed rather than picked; the last one is empty. */
export function SeveralInputs({
  field,
  value,
  onChange,
  frame,
  One,
}: InputProps & { readonly One: ComponentType<InputProps> }) {
  const { t } = useTranslation('fields');
  const { label, description, error, withAsterisk, ...each } = frame;
  const rows: readonly Value[] = Array.isArray(value) && value.length > 0 ? value : [listOf(value)[0] ?? null];
  const write = (next: readonly Value[]) => onChange([...next]);
  const name = each['aria-label'] ?? (typeof label === 'string' ? label : undefined);
  return (
    <Input.Wrapper {...{ label, description, error, withAsterisk }} labelElement="div">
      <Stack gap={4}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
          <Group key={index} gap={4} wrap="nowrap">
            <div style={{ flex: 1 }}>
              <One
                field={{ ...field, multiple: false }}
                value={row}
                onChange={(next) => write(rows.with(index, next))}
                frame={{
                  ...each,
                  ...(name === undefined ? {} : { 'aria-label': `${name} ${index + 1}` }),
                  autoFocus: index === rows.length - 1 && each.autoFocus === true,
                }}
              />
            </div>
            <ActionIcon
              size="sm"
              aria-label={t('removeValue', { number: index + 1 })}
              onClick={() => write(rows.toSpliced(index, 1))}
            >
              <X size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Plus size={13} />}
          onClick={() => write([...rows, null])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('addValue')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

/** Without the rows that were left empty. */
export function withoutBlank(value: Value): Value {
  return Array.isArray(value) ? value.filter((one) => one !== null && one !== '') : value;
}
