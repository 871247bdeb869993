import { ActionIcon, Button, Group, Input, Select, Stack, Text } from '@mantine/core';
import { mayBecome } from '@signalbox/automation/kit/field-kinds/may-become.ts';
import { type FieldSpec, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { useQuery } from '@tanstack/react-query';
import { Copy, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { automationFactsQueries } from '../../api/automation/automation-facts.ts';
import { type ControlProps, frameOf, nameOf, textOf } from '../control.ts';
import styles from '../field-changes.module.css';
import { useFormFacts } from '../form-facts.tsx';
import { WrittenValue } from './field-changes-control.tsx';

type Row = { readonly field: string; readonly from: string } | { readonly field: string; readonly value: unknown };

/** The title has a setting of its own, and so have who is responsible and the clients. */
const elsewhere = ['title', 'responsible', 'contact', 'company', 'currency'];
const OWN_VALUE = '=';

/** Rows field of what is made -> a field of this item that it can keep, or a value. */
export function FieldMappingControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { fields } = useFormFacts();
  const type = textOf(props.siblings.type);
  const { data = [] } = useQuery({ ...automationFactsQueries.fields(type), enabled: type !== '' });
  const there = data.filter(({ code, readOnly }) => readOnly !== true && !elsewhere.includes(code));
  const rows = rowsOf(props.value);
  const write = (next: readonly Row[]) => props.onChange(next.length === 0 ? undefined : next);
  const same = there.filter(
    (target) => fields.some((own) => isSame(own, target)) && rows.every(({ field }) => field !== target.code),
  );
  return (
    <Input.Wrapper {...frameOf(props)}>
      {type === '' ? (
        <Text size="sm" c="dimmed">
          {t('controls.chooseTypeFirst')}
        </Text>
      ) : (
        <Stack gap="sm" mt={4}>
          {rows.map((row, at) => (
            <MappedRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place only
              key={at}
              row={row}
              there={there.filter(({ code }) => code === row.field || rows.every(({ field }) => field !== code))}
              onChange={(next) => write(rows.with(at, next))}
              onRemove={() => write(rows.toSpliced(at, 1))}
            />
          ))}
          <Group gap={4}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<Plus size={14} />}
              onClick={() => write([...rows, { field: '', from: '' }])}
            >
              {t('controls.addField')}
            </Button>
            {same.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<Copy size={14} />}
                onClick={() => write([...rows, ...same.map(({ code }) => ({ field: code, from: code }))])}
              >
                {t('controls.sameFields')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Input.Wrapper>
  );
}

interface MappedRowProps {
  readonly row: Row;
  /** The fields to choose from. */
  readonly there: readonly FieldSpec[];
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}

function MappedRow({ row, there, onChange, onRemove }: MappedRowProps) {
  const { t } = useTranslation('automation');
  const { fields, language } = useFormFacts();
  const target = there.find(({ code }) => code === row.field);
  const named = (known: FieldSpec) => ({ value: known.code, label: nameOf(known, language) });
  const fitting = target === undefined ? [] : fields.filter((own) => mayBecome(own, target));
  const begin = (code: string): Row => {
    const chosen = there.find((one) => one.code === code);
    const own = chosen && fields.find((one) => isSame(one, chosen));
    return { field: code, from: own?.code ?? '' };
  };
  return (
    <div className={styles.row}>
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('controls.fieldThere')}
          placeholder={t('controls.fieldThere')}
          data={there.map(named)}
          value={row.field === '' ? null : row.field}
          onChange={(code) => onChange(begin(code ?? ''))}
          allowDeselect={false}
          searchable
          style={{ flex: 1 }}
        />
        <ActionIcon aria-label={t('controls.removeLine')} onClick={onRemove}>
          <X size={16} />
        </ActionIcon>
      </Group>
      {target !== undefined && (
        <Select
          aria-label={t('controls.from')}
          placeholder={t('controls.from')}
          data={[...fitting.map(named), { value: OWN_VALUE, label: t('controls.ownValue') }]}
          value={'from' in row ? row.from || null : OWN_VALUE}
          onChange={(from) =>
            onChange(from === OWN_VALUE ? { field: row.field, value: '' } : { field: row.field, from: from ?? '' })
          }
          allowDeselect={false}
          searchable
        />
      )}
      {target !== undefined && !('from' in row) && (
        <WrittenValue field={target} value={row.value} onChange={(value) => onChange({ field: row.field, value })} />
      )}
    </div>
  );
}

const isSame = (own: FieldSpec, target: FieldSpec) =>
  own.code === target.code && own.kind === target.kind && mayBecome(own, target);

function rowsOf(value: unknown): readonly Row[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((row) =>
      'value' in row
        ? { field: textOf(row.field), value: row.value }
        : { field: textOf(row.field), from: textOf(row.from) },
    );
}
