import { ActionIcon, Button, Group, Input, SegmentedControl, Select, Stack, Tooltip } from '@mantine/core';
import { clientSpecs } from '@signalbox/automation/kit/clients/client-fields.ts';
import { type FieldSpec, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { useQuery } from '@tanstack/react-query';
import { Braces, PencilLine, Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../api/automation/automation-facts.ts';
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
  return <Changes {...props} fields={useFormFacts().fields} first="title" />;
}

/** The same for the contact or company that is chosen beside it. */
export function ClientChangesControl(props: ControlProps) {
  const kind = props.siblings.client === 'company' ? 'company' : 'contact';
  const { data = [] } = useQuery(automationFactsQueries.fields(kind));
  const fields = useMemo(
    () =>
      clientSpecs(
        kind,
        data.filter(({ custom }) => custom),
      ),
    [kind, data],
  );
  return <Changes {...props} fields={fields} first="" />;
}

interface ChangesProps extends ControlProps {
  readonly fields: readonly FieldSpec[];
  /** The field that is there to begin with. */
  readonly first: string;
}

function Changes({ fields, first, ...props }: ChangesProps) {
  const { t } = useTranslation('automation');
  const changes = changesOf(props.value, first);
  const write = (next: readonly Change[]) => props.onChange(next);
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Stack gap="sm" mt={4}>
        {changes.map((change, at) => (
          <ChangeRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
            key={at}
            fields={fields}
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
  readonly fields: readonly FieldSpec[];
  readonly change: Change;
  readonly onChange: (change: Change) => void;
  readonly onRemove: () => void;
}

function ChangeRow({ fields, change, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
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

interface NewValueProps<C> {
  readonly field: FieldSpec;
  readonly change: C;
  readonly onChange: (change: C) => void;
}

/** A value of the field, typed or as a template. */
export function WrittenValue({
  field,
  value,
  onChange,
}: {
  readonly field: FieldSpec;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const change: Change = { field: field.code, value, mode: 'replace' };
  return <NewValue field={field} change={change} onChange={(next) => onChange(next.value)} onlyReplaces />;
}

function NewValue({
  field,
  change,
  onChange,
  onlyReplaces,
}: NewValueProps<Change> & { readonly onlyReplaces?: boolean }) {
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
        {field.multiple && onlyReplaces !== true && <Mode change={change} onChange={onChange} />}
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

function Mode({ change, onChange }: Pick<RowProps, 'change' | 'onChange'>) {
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

function changesOf(value: unknown, first: string): readonly Change[] {
  if (!Array.isArray(value)) return [blank(first)];
  return value
    .filter(isRecord)
    .map((row) => ({ field: textOf(row.field), value: row.value, mode: row.mode === 'append' ? 'append' : 'replace' }));
}
