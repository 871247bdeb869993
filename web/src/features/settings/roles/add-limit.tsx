import { Button, Group, Select } from '@mantine/core';
import { type FieldLimit, fieldLimit, type RoleRights } from '@signalbox/contract/people/rights.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../../api/items/fields.ts';
import { useSmartProcesses, useTypeNames } from '../../../api/items/item-types.ts';
import { limitsFor } from './limits.ts';
import styles from './roles.module.css';

interface AddLimitProps {
  readonly held: RoleRights['fields'];
  readonly add: (owner: string, code: string, limit: FieldLimit) => void;
  readonly close: () => void;
}

/** Whose field, which, and how it is held back. */
export function AddLimit({ held, add, close }: AddLimitProps) {
  const { t } = useTranslation(['rights', 'translation']);
  const names = useTypeNames();
  const owners = [
    'deal',
    'lead',
    'quote',
    'invoice',
    ...useSmartProcesses().map(({ code }) => code),
    'contact',
    'company',
  ];
  const [owner, setOwner] = useState('deal');
  const [code, setCode] = useState<string | null>(null);
  const [limit, setLimit] = useState<FieldLimit>('hidden');
  const { data: fields = [] } = useFields(owner);
  // Of clients only what people have made can be held back.
  const isClient = owner === 'contact' || owner === 'company';
  const free = fields.filter(
    (one) => limitsFor(one).length > 0 && (one.custom || !isClient) && held[owner]?.[one.code] === undefined,
  );
  const field = free.find((one) => one.code === code);
  const ways = field ? limitsFor(field) : fieldLimit.options;
  const way = ways.includes(limit) ? limit : 'read-only';
  return (
    <div className={styles.addLimit}>
      <Select
        label={t('fields.of')}
        data={owners.map((one) => ({ value: one, label: names.many(one) }))}
        value={owner}
        onChange={(chosen) => {
          setOwner(chosen ?? 'deal');
          setCode(null);
        }}
        allowDeselect={false}
      />
      <Select
        label={t('fields.field')}
        data={free.map((one) => ({ value: one.code, label: one.name }))}
        value={code}
        onChange={setCode}
        nothingFoundMessage={t('translation:common.nothingFound')}
        searchable
      />
      <Select
        label={t('fields.how')}
        description={ways.length === 1 ? t('fields.needed') : undefined}
        data={ways.map((one) => ({ value: one, label: t(`fields.${one}`) }))}
        value={way}
        onChange={(chosen) => setLimit(fieldLimit.parse(chosen))}
        allowDeselect={false}
      />
      <Group gap="xs" wrap="nowrap">
        <Button disabled={field === undefined} onClick={() => code !== null && add(owner, code, way)}>
          {t('translation:common.add')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('translation:common.cancel')}
        </Button>
      </Group>
    </div>
  );
}
