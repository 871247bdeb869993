import { Radio } from '@mantine/core';
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
    <section className={`${styles.box} ${styles.readings}`} aria-label={t('import.readings')}>
      <strong>{t('import.readings')}</strong>
      {readings.map((reading) => (
        <Reading
          key={`${reading.column} ${reading.what}`}
          header={job.columns[reading.column]?.header ?? ''}
          reading={reading}
          settings={settings}
          set={set}
        />
      ))}
    </section>
  );
}

const orders = ['dmy', 'mdy', 'ymd'] as const;
const marks = ['.', ','] as const;

function Reading({ header, reading, settings, set }: SettingsProps & { header: string; reading: ImportReading }) {
  const { t } = useTranslation('lists');
  const { column, what, as, by, sample, means } = reading;
  const said = t('import.readAs', { sample, means });
  const chosen = settings.columns.find((one) => one.column === column);
  if (what === 'serial')
    return (
      <div>
        {header}
        <div className={styles.note}>{`${said} ${t('import.serial')}`}</div>
      </div>
    );
  const options =
    what === 'order'
      ? orders.map((order) => ({ value: order, label: t(`reading.${order}`), change: { order } }))
      : marks.map((decimal) => ({
          ...{ value: decimal, change: { decimal } },
          label: t(decimal === '.' ? 'reading.point' : 'reading.comma'),
        }));
  return (
    <Radio.Group
      label={header}
      description={`${said} ${t(`readBy.${by}`)}`}
      value={(what === 'order' ? chosen?.order : chosen?.decimal) ?? as}
    >
      <div className={styles.options}>
        {options.map(({ value, label, change }) => (
          <Radio
            key={value}
            value={value}
            label={label}
            onChange={() => set({ columns: withColumn(settings, column, change) })}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
