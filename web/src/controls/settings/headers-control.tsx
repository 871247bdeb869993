import { ActionIcon, Button, Checkbox, Group, Input, Stack, TextInput } from '@mantine/core';
import type { HeaderSetting } from '@signalbox/automation/kit/settings/outside-fields.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, textOf } from '../control.ts';
import styles from '../field-changes.module.css';
import { KeptSecretInput } from './kept-secret-control.tsx';
import { TemplateInput } from './template-control.tsx';

/** Headers of a request: a name with a text, or with a secret that nobody sees again. */
export function HeadersControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const headers = headersOf(shown(props));
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Stack gap="sm" mt={4}>
        {headers.map((header, at) => (
          <HeaderRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
            key={at}
            header={header}
            onChange={(next) => props.onChange(headers.with(at, next))}
            onRemove={() => props.onChange(headers.toSpliced(at, 1))}
          />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => props.onChange([...headers, { name: '', value: '', secret: false }])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('controls.addHeader')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  readonly header: HeaderSetting;
  readonly onChange: (header: HeaderSetting) => void;
  readonly onRemove: () => void;
}

function HeaderRow({ header, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('automation');
  const setValue = (value: string) => onChange({ ...header, value });
  return (
    <div className={styles.row}>
      <Group gap={6} wrap="nowrap">
        <TextInput
          aria-label={t('controls.headerName')}
          placeholder="X-Api-Key"
          value={header.name}
          onChange={(event) => onChange({ ...header, name: event.currentTarget.value })}
          flex={1}
        />
        <Checkbox
          label={t('controls.secretHeader')}
          checked={header.secret}
          onChange={(event) => onChange({ ...header, value: '', secret: event.currentTarget.checked })}
        />
        <ActionIcon aria-label={t('controls.removeLine')} onClick={onRemove}>
          <X size={16} />
        </ActionIcon>
      </Group>
      {header.secret ? (
        <KeptSecretInput label={t('controls.headerValue')} value={header.value} onChange={setValue} />
      ) : (
        <TemplateInput ariaLabel={t('controls.headerValue')} value={header.value} onChange={setValue} lines={1} />
      )}
    </div>
  );
}

function headersOf(value: unknown): readonly HeaderSetting[] {
  return (Array.isArray(value) ? value.filter(isRecord) : []).map(({ name, value: text, secret }) => ({
    ...{ name: textOf(name), value: textOf(text), secret: secret === true },
  }));
}
