import { ActionIcon, Button, Group, Input, SegmentedControl, Select, Stack, Tooltip } from '@mantine/core';
import { type FieldSpec, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { Braces, PencilLine, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, nameOf, textOf } from '../control.ts';
import styles from '../field-changes.module.css';
import { ValueEditor } from '../fields/value-editor.tsx';
import { useFormFacts } from '../form-facts.tsx';
import { TemplateInput } from './template-control.tsx';

interface Change {
  readonly field: string;
  readonly value: unknown;
  readonly mode: 'replace' | 'append';
}

/** Rows field -> new value, typed or as a template; the title is there to begin with, as in the help article. */
export function FieldChangesControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const changes = changesOf(props.value);
  const write = (next: readonly Change[]) => props.onChange(next);
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Stack gap="sm" mt={4}>
        {changes.map((change, at) => (
          <ChangeRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
            key={at}
            change={change}
            onChange={(next) => write(changes.with(at, next))}
            onRemove={() => write(changes.toSpliced(at, 1))}
          />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => write([...changes, blank('')])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('controls.addField')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  readonly change: Change;
  readonly onChange: (change: Change) => void;
  readonly onRemove: () => void;
}

function ChangeRow({ change, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('automation');
  const { fields, language } = useFormFacts();
  const field = fields.find(({ code }) => code === change.field);
  const data = fields
    .filter(({ readOnly }) => readOnly !== true)
    .map((known) => ({ value: known.code, label: nameOf(known, language) }));
  return (
    <div className={styles.row}>
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('controls.field')}
          placeholder={t('controls.field')}
          data={data}
          value={change.field === '' ? null : change.field}
          onChange={(code) => onChange(blank(code ?? ''))}
          searchable
          style={{ flex: 1 }}
        />
        <ActionIcon aria-label={t('controls.removeLine')} onClick={onRemove}>
          <X size={16} />
        </ActionIcon>
      </Group>
      {field !== undefined && <NewValue field={field} change={change} onChange={onChange} />}
    </div>
  );
}

function NewValue({
  field,
  change,
  onChange,
}: {
  field: FieldSpec;
  change: Change;
  onChange: (change: Change) => void;
}) {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  const typedOnly = field.kind === 'yesNo';
  const [template, setTemplate] = useState(field.kind === 'text' || textOf(change.value).includes('{{'));
  const label = nameOf(field, language);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <div className={styles.value}>
        {template ? (
          <TemplateInput
            ariaLabel={label}
            value={textOf(change.value)}
            onChange={(value) => onChange({ ...change, value })}
            lines={1}
          />
        ) : (
          <ValueEditor
            field={field}
            label={label}
            value={change.value}
            onChange={(value) => onChange({ ...change, value })}
            many={field.multiple}
          />
        )}
        {field.multiple && <Mode change={change} onChange={onChange} />}
      </div>
      {!typedOnly && (
        <Tooltip label={t(template ? 'controls.typed' : 'controls.asTemplate')}>
          <ActionIcon
            mt={4}
            aria-label={t(template ? 'controls.typed' : 'controls.asTemplate')}
            onClick={() => setTemplate(!template)}
          >
            {template ? <PencilLine size={16} /> : <Braces size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}

function Mode({ change, onChange }: Omit<RowProps, 'onRemove'>) {
  const { t } = useTranslation('automation');
  return (
    <SegmentedControl
      mt={4}
      size="xs"
      data={[
        { value: 'replace', label: t('controls.replace') },
        { value: 'append', label: t('controls.append') },
      ]}
      value={change.mode}
      onChange={(mode) => onChange({ ...change, mode: mode === 'append' ? 'append' : 'replace' })}
    />
  );
}

const blank = (field: string): Change => ({ field, value: '', mode: 'replace' });

function changesOf(value: unknown): readonly Change[] {
  if (!Array.isArray(value)) return [blank('title')];
  return value
    .filter(isRecord)
    .map((row) => ({ field: textOf(row.field), value: row.value, mode: row.mode === 'append' ? 'append' : 'replace' }));
}
