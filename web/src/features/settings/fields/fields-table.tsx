import { ActionIcon, Group, Table, VisuallyHidden } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useOrderFields } from '../../../api/items/fields.ts';
import { sayFailed } from '../../../ui/notify.ts';
import styles from '../settings.module.css';

interface FieldTableProps {
  readonly type: string;
  readonly fields: readonly Field[];
  readonly mayChange: boolean;
  readonly edit: (field: Field) => void;
  readonly remove: (field: Field) => void;
}

/** In the order of cards and forms; arrows change it. */
export function FieldTable({ type, fields, mayChange, edit, remove }: FieldTableProps) {
  const { t } = useTranslation(['fields', 'translation']);
  const { mutate: order, isPending } = useOrderFields(type);
  const stageName = useStageNames();
  const move = (from: number, to: number) => {
    const codes = fields.map(({ code }) => code);
    const [moved] = codes.splice(from, 1);
    if (moved !== undefined) order(codes.toSpliced(to, 0, moved), { onError: sayFailed });
  };
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.name')}</Table.Th>
            <Table.Th>{t('settings.kind')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('settings.required')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('settings.code')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('common.more', { ns: 'translation' })}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field, index) => (
            <Table.Tr key={field.code}>
              <Table.Td fw={600}>{field.name}</Table.Td>
              <Table.Td>
                {t(`fields.kinds.${field.kind}`, { ns: 'translation' })}
                {field.multiple && <span className={styles.muted}> · {t('settings.multiple')}</span>}
              </Table.Td>
              <Table.Td visibleFrom="sm">{field.requiredStageIds.map(stageName).join(', ')}</Table.Td>
              <Table.Td visibleFrom="sm">
                <code>{field.code}</code>
              </Table.Td>
              <Table.Td>
                {mayChange && (
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    <ActionIcon
                      aria-label={t('settings.up', { name: field.name })}
                      disabled={index === 0 || isPending}
                      onClick={() => move(index, index - 1)}
                    >
                      <ArrowUp size={15} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('settings.down', { name: field.name })}
                      disabled={index === fields.length - 1 || isPending}
                      onClick={() => move(index, index + 1)}
                    >
                      <ArrowDown size={15} />
                    </ActionIcon>
                    <ActionIcon aria-label={t('settings.edit', { name: field.name })} onClick={() => edit(field)}>
                      <Pencil size={15} />
                    </ActionIcon>
                    <ActionIcon aria-label={t('settings.delete', { name: field.name })} onClick={() => remove(field)}>
                      <Trash2 size={15} />
                    </ActionIcon>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function useStageNames(): (id: number) => string {
  const { data: pipelines = [] } = usePipelines();
  const names = new Map(pipelines.flatMap(({ stages }) => stages.map(({ id, name }) => [id, name] as const)));
  return (id) => names.get(id) ?? `#${id}`;
}
