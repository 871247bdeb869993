import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import type { AnswerPart } from '@signalbox/automation/kit/settings/outside-fields.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, textOf } from '../control.ts';

/** Results by a name and a place in the JSON of the answer; without waiting for it there are none. */
export function AnswerPartsControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  if (props.siblings.wait !== true) return null;
  const parts = partsOf(shown(props));
  const write = (at: number, part: AnswerPart) => props.onChange(parts.with(at, part));
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Stack gap={6} mt={4}>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
          <Group key={at} gap={6} wrap="nowrap">
            <TextInput
              aria-label={t('controls.resultName')}
              placeholder="orderId"
              value={part.name}
              onChange={(event) => write(at, { ...part, name: event.currentTarget.value })}
              flex={1}
            />
            <TextInput
              aria-label={t('controls.resultPath')}
              placeholder="$.order.id"
              value={part.path}
              onChange={(event) => write(at, { ...part, path: event.currentTarget.value })}
              flex={1}
            />
            <ActionIcon aria-label={t('controls.removeLine')} onClick={() => props.onChange(parts.toSpliced(at, 1))}>
              <X size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => props.onChange([...parts, { name: '', path: '' }])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('controls.addResult')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function partsOf(value: unknown): readonly AnswerPart[] {
  return (Array.isArray(value) ? value.filter(isRecord) : []).map(({ name, path }) => ({
    ...{ name: textOf(name), path: textOf(path) },
  }));
}
