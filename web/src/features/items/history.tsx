import { Button, Table } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { HistoryEntry } from '@signalbox/contract/timeline.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useFields } from '../../api/items/fields.ts';
import { historyQuery } from '../../api/items/items.ts';
import { FieldValue } from '../../controls/fields/field-value.tsx';
import type { Value } from '../../controls/fields/values.ts';
import { useCauseName } from '../../controls/words/use-cause-name.ts';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { useFormat } from '../../ui/text/format.ts';

/** Every change of every field: when, who or what, from and to. */
export function History({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(historyQuery(item.id));
  const { data: fields = [] } = useFields(item.type);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              {(['when', 'who', 'field', 'from', 'to'] as const).map((column) => (
                <Table.Th key={column}>{t(`history.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.pages.flatMap((page) =>
              page.data.map((entry) => <Row key={entry.id} entry={entry} item={item} fields={fields} />),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}

function Row({ entry, item, fields }: { entry: HistoryEntry; item: Item; fields: readonly Field[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOfCause = useCauseName();
  const field = fields.find(({ code }) => code === entry.field);
  const undoes = entry.undoes === null ? '' : t('history.undoes');
  const by = [nameOfCause(entry), entry.author?.name, undoes].filter(Boolean).join(', ');
  const name = entry.field === 'stage' ? t('history.stage') : (field?.name ?? entry.field);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.moment(entry.at)}</Table.Td>
      <Table.Td>{by}</Table.Td>
      <Table.Td>{entry.hidden ? t('history.notSeen') : name}</Table.Td>
      <Table.Td>
        <Change value={entry.from} field={field} item={item} isStage={entry.field === 'stage'} />
      </Table.Td>
      <Table.Td>
        <Change value={entry.to} field={field} item={item} isStage={entry.field === 'stage'} />
      </Table.Td>
    </Table.Tr>
  );
}

interface ChangeProps {
  value: Value;
  field: Field | undefined;
  item: Item;
  isStage: boolean;
}

function Change({ value, field, item, isStage }: ChangeProps) {
  const { data: pipelines } = usePipelines();
  if (value === null) return null;
  if (isStage) {
    const stages = pipelines?.find(({ id }) => id === item.pipeline)?.stages ?? [];
    return stages.find(({ code }) => code === value)?.name ?? String(value);
  }
  if (field) return <FieldValue field={field} value={value} />;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
