import { ActionIcon, Button, Group, Input, Radio, Stack, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown } from '../control.ts';

/** Link patterns, or the explicit choice "any": one of the two must be said. */
export function PatternsControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const any = props.value === 'any';
  return (
    <Stack gap="xs">
      <Radio.Group
        {...frameOf(props)}
        value={any ? 'any' : 'some'}
        onChange={(choice) => props.onChange(choice === 'any' ? 'any' : [''])}
      >
        <Group gap="lg" mt={6}>
          <Radio value="some" label={t('controls.theseLinks')} />
          <Radio value="any" label={t('controls.anyLink')} />
        </Group>
      </Radio.Group>
      {!any && (
        <Lines
          values={linesOf(props.value, 1)}
          onChange={props.onChange}
          add={t('controls.addLink')}
          line={t('controls.link')}
          placeholder="https://"
        />
      )}
    </Stack>
  );
}

/** Words or phrases; none means every message. */
export function PhrasesControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Lines
        values={linesOf(shown(props), 0)}
        onChange={props.onChange}
        add={t('controls.addPhrase')}
        line={t('controls.phrase')}
      />
    </Input.Wrapper>
  );
}

interface LinesProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly add: string;
  readonly line: string;
  readonly placeholder?: string;
}

function Lines({ values, onChange, add, line, placeholder }: LinesProps) {
  const { t } = useTranslation('automation');
  return (
    <Stack gap={6} mt={4}>
      {values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place only
        <Group key={at} gap={6} wrap="nowrap">
          <TextInput
            aria-label={`${line} ${at + 1}`}
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(values.with(at, event.currentTarget.value))}
            style={{ flex: 1 }}
          />
          <ActionIcon aria-label={t('controls.removeLine')} onClick={() => onChange(values.toSpliced(at, 1))}>
            <X size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Plus size={14} />}
        onClick={() => onChange([...values, ''])}
        style={{ alignSelf: 'flex-start' }}
      >
        {add}
      </Button>
    </Stack>
  );
}

function linesOf(value: unknown, least: number): readonly string[] {
  const lines = Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== 'any' ? [value] : [];
  return lines.length < least ? [...lines, ''] : lines;
}
