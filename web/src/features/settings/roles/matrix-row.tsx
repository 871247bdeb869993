import { ActionIcon, NativeSelect } from '@mantine/core';
import { type Grants, isWithin, reach, reaches, rightVerbs } from '@signalbox/contract/people/rights.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './roles.module.css';

interface MatrixRowProps {
  readonly name: string;
  readonly hint: string;
  readonly value: Grants;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: Grants) => void;
  readonly onRemove?: () => void;
}

/** Five cells; on a phone they stand below the name, each with its own label. */
export function MatrixRow({ name, hint, value, readOnly, error, onChange, onRemove }: MatrixRowProps) {
  const { t } = useTranslation('rights');
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>
        {name}
        <span className={styles.hint}>{hint}</span>
      </span>
      {rightVerbs.map((verb) => (
        <div key={verb} className={styles.cell}>
          <span className={styles.verb} aria-hidden>
            {t(`matrix.verbs.${verb}`)}
          </span>
          <NativeSelect
            size="xs"
            aria-label={`${name}: ${t(`matrix.verbs.${verb}`)}`}
            classNames={{ input: styles.reach }}
            data-reach={value[verb]}
            data={reaches.map((one) => ({ value: one, label: t(`matrix.reach.${one}`) }))}
            value={value[verb]}
            disabled={readOnly}
            onChange={(event) => onChange({ ...value, [verb]: reach.parse(event.currentTarget.value) })}
          />
        </div>
      ))}
      {onRemove && !readOnly ? (
        <ActionIcon className={styles.remove} aria-label={t('matrix.remove', { row: name })} onClick={onRemove}>
          <X size={15} />
        </ActionIcon>
      ) : (
        <span />
      )}
      {error && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
      {outrunsReading(value) && <span className={styles.rowNote}>{t('matrix.unread')}</span>}
    </div>
  );
}

const outrunsReading = (row: Grants) =>
  (['change', 'delete', 'export'] as const).some((verb) => !isWithin(row[verb], row.read));
