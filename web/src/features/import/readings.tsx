import { SegmentedControl, Table } from '@mantine/core';
import type { ImportJob, ImportReading } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import styles from './import.module.css';
import { type SettingsProps, withColumn } from './settings-props.ts';

interface Props extends SettingsProps {
  readonly job: ImportJob;
  readonly readings: readonly ImportReading[];
}

/** The columns with cells that can be read two ways: how they are read, why, and a switch. */
export function Readings({ job, readings, settings, set }: Props) {
  const { t } = useTranslation('lists');
  if (readings.length === 0) return null;
  return (
    <div className={styles.box}>
      <Table verticalSpacing={6} aria-label={t('import.readings')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th colSpan={2}>{t('import.readings')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {readings.map((reading) => {
            const header = job.columns[reading.column]?.header ?? '';
            return (
              <Table.Tr key={`${reading.column} ${reading.what}`}>
                <Table.Td>
                  {header}
                  <div className={styles.note}>
                    {t('import.readAs', { sample: reading.sample, means: reading.means })}{' '}
                    {reading.what !== 'serial' && t(`readBy.${reading.by}`)}
                  </div>
                </Table.Td>
                <Table.Td>
                  <Switch header={header} reading={reading} settings={settings} set={set} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const orders = ['dmy', 'mdy', 'ymd'] as const;
const marks = ['.', ','] as const;

function Switch({ header, reading, settings, set }: SettingsProps & { header: string; reading: ImportReading }) {
  const { t } = useTranslation('lists');
  const { column, what, as } = reading;
  if (what === 'serial') return t('import.serial');
  const data =
    what === 'order'
      ? orders.map((value) => ({ value, label: t(`reading.${value}`) }))
      : marks.map((value) => ({ value, label: t(value === '.' ? 'reading.point' : 'reading.comma') }));
  const change = (value: string) => {
    const order = orders.find((one) => one === value);
    const decimal = marks.find((one) => one === value);
    set({ columns: withColumn(settings, column, { ...(order && { order }), ...(decimal && { decimal }) }) });
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('import.readingOf', { name: header })}
      data={data}
      value={as}
      onChange={change}
    />
  );
}
