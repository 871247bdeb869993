import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { type FieldLimit, fieldLimit } from '@signalbox/contract/people/rights.ts';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../../api/items/fields.ts';
import { useTypeNames } from '../../../api/items/item-types.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { fieldProblem } from '../../../ui/text/problem-text.ts';
import { AddLimit } from './add-limit.tsx';
import type { PartProps } from './areas.tsx';
import { limitsFor, withLimit } from './limits.ts';
import styles from './roles.module.css';

/** Fields that people with the role do not see, or do not change. */
export function FieldLimits({ rights, readOnly, error, onChange }: PartProps) {
  const { t } = useTranslation('rights');
  const { t: common } = useTranslation();
  const [adding, setAdding] = useState(false);
  const all = Object.entries(rights.fields).flatMap(([owner, limits]) =>
    Object.entries(limits).map(([code, limit]) => ({ owner, code, limit })),
  );
  const set = (owner: string, code: string, limit: FieldLimit | null) =>
    onChange({ ...rights, fields: withLimit(rights.fields, { owner, code, limit }) });
  return (
    <Panel title={t('fields.title')}>
      <p className={styles.note}>{t('fields.intro')}</p>
      {all.length === 0 && !adding && <p className={styles.note}>{t('fields.none')}</p>}
      {all.map(({ owner, code, limit }) => (
        <Limit
          key={`${owner} ${code}`}
          {...{ owner, code, limit, readOnly }}
          error={fieldProblem(error, `rights.fields.${owner}.${code}`, common)}
          onChange={(next) => set(owner, code, next)}
        />
      ))}
      {adding && (
        <AddLimit
          held={rights.fields}
          close={() => setAdding(false)}
          add={(owner, code, limit) => {
            set(owner, code, limit);
            setAdding(false);
          }}
        />
      )}
      {!readOnly && !adding && (
        <Button size="compact-sm" variant="subtle" leftSection={<Plus size={15} />} onClick={() => setAdding(true)}>
          {t('fields.add')}
        </Button>
      )}
    </Panel>
  );
}

interface LimitProps {
  readonly owner: string;
  readonly code: string;
  readonly limit: FieldLimit;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  readonly onChange: (limit: FieldLimit | null) => void;
}

function Limit({ owner, code, limit, readOnly, error, onChange }: LimitProps) {
  const { t } = useTranslation('rights');
  const names = useTypeNames();
  const { data: fields } = useFields(owner);
  const field = fields?.find((one) => one.code === code);
  const name = field?.name ?? (fields ? `${code}: ${t('matrix.unknown')}` : '…');
  return (
    <div className={styles.limit}>
      <span className={styles.limitName}>
        {name}
        <span className={styles.hint}>{names.many(owner)}</span>
      </span>
      <NativeSelect
        size="xs"
        aria-label={`${name}: ${t('fields.how')}`}
        data={limitsFor(field).map((one) => ({ value: one, label: t(`fields.${one}`) }))}
        value={limit}
        disabled={readOnly}
        error={error}
        onChange={(event) => onChange(fieldLimit.parse(event.currentTarget.value))}
      />
      {!readOnly && (
        <ActionIcon aria-label={t('fields.remove', { field: name })} onClick={() => onChange(null)}>
          <X size={15} />
        </ActionIcon>
      )}
    </div>
  );
}
