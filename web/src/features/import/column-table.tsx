import { Select, Table } from '@mantine/core';
import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import { fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import type { ImportJob } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import styles from './import.module.css';
import { type SettingsProps, withColumn } from './settings-props.ts';
import { useTakesSeveral, useTargets } from './use-targets.ts';

/** What each column becomes. */
export function ColumnTable({ job, settings, set }: SettingsProps & { readonly job: ImportJob }) {
  const { t } = useTranslation('lists');
  const targets = useTargets(job.target);
  const takesSeveral = useTakesSeveral(job.target);
  const choose = (column: number, to: string) => {
    const isAlone = to !== '' && to !== 'new' && !takesSeveral(to);
    set({
      columns: settings.columns.map((one) =>
        one.column === column ? { ...one, to } : isAlone && one.to === to ? { ...one, to: '' } : one,
      ),
    });
  };
  return (
    <div className={styles.box}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.column')}</Table.Th>
            <Table.Th>{t('import.becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {job.columns.map(({ header, samples, guess: { column } }) => (
            <Table.Tr key={column}>
              <Table.Td>
                {header}
                <div className={styles.sample}>{samples.join(' · ')}</div>
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={header}
                  searchable
                  allowDeselect={false}
                  data={targets}
                  value={settings.columns.find((one) => one.column === column)?.to ?? ''}
                  onChange={(to) => choose(column, to ?? '')}
                />
                {settings.columns.some((one) => one.column === column && one.to === 'new') && (
                  <KindOfNew header={header} column={column} settings={settings} set={set} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const newKinds = fieldKinds.filter((kind) => fieldKindOf[kind].fromColumn);

/** What a column that becomes a new field holds: the guess gives way to whoever knows better. */
function KindOfNew({ header, column, settings, set }: SettingsProps & { header: string; column: number }) {
  const { t } = useTranslation(['lists', 'translation']);
  return (
    <Select
      mt={4}
      aria-label={t('import.kindOf', { name: header })}
      allowDeselect={false}
      data={newKinds.map((kind) => ({ value: kind, label: t(`fields.kinds.${kind}`, { ns: 'translation' }) }))}
      value={settings.columns.find((one) => one.column === column)?.kind ?? 'text'}
      onChange={(value) =>
        set({ columns: withColumn(settings, column, { kind: newKinds.find((kind) => kind === value) ?? 'text' }) })
      }
    />
  );
}
