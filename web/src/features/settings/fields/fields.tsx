import { Button, Group, Select } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { Plus, TextCursorInput } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '../../../api/items/fields.ts';
import { useSmartProcesses, useTypeNames } from '../../../api/items/item-types.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { CreateField } from '../../../controls/fields/create-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { DeleteField } from './fields-delete.tsx';
import { EditField } from './fields-edit.tsx';
import { FieldTable } from './fields-table.tsx';

const owners = ['deal', 'lead', 'quote', 'invoice', 'contact', 'company'];

/** The fields that people have made, of every type of item and of clients. */
export function Fields() {
  const { t } = useTranslation('fields');
  const names = useTypeNames();
  const [type, setType] = useState('deal');
  const smart = useSmartProcesses().map(({ code }) => code);
  const { data, error } = useAllFields(type);
  const [creating, setCreating] = useState(false);
  const mayChange = useMe().rights.areas.settings;
  const own = data?.filter(({ custom }) => custom);
  const create = (
    <Button size="xs" leftSection={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('settings.create')}
    </Button>
  );
  return (
    <Panel>
      <Group justify="space-between" mb="sm" gap="xs">
        <Select
          aria-label={t('settings.ofType')}
          data={[...owners, ...smart].map((value) => ({ value, label: names.many(value) }))}
          value={type}
          onChange={(value) => setType(value ?? 'deal')}
          allowDeselect={false}
          size="xs"
        />
        {own?.length !== 0 && create}
      </Group>
      <ErrorNote error={error} />
      {!own && !error && <Loading />}
      {!mayChange && <p className={styles.muted}>{t('settings.adminsOnly')}</p>}
      {own?.length === 0 && (
        <EmptyState icon={TextCursorInput} title={t('settings.empty')} text={t('settings.emptyText')} action={create} />
      )}
      {own && own.length > 0 && <Own key={type} type={type} fields={own} mayChange={mayChange} />}
      {creating && <CreateField type={type} close={() => setCreating(false)} />}
    </Panel>
  );
}

function Own({ type, fields, mayChange }: { type: string; fields: readonly Field[]; mayChange: boolean }) {
  const [changing, setChanging] = useState<{ how: 'edit' | 'delete'; code: string } | null>(null);
  const field = fields.find(({ code }) => code === changing?.code);
  const close = () => setChanging(null);
  return (
    <>
      <FieldTable
        type={type}
        fields={fields}
        mayChange={mayChange}
        edit={({ code }) => setChanging({ how: 'edit', code })}
        remove={({ code }) => setChanging({ how: 'delete', code })}
      />
      {field && changing?.how === 'edit' && <EditField field={field} close={close} />}
      {field && changing?.how === 'delete' && <DeleteField field={field} close={close} />}
    </>
  );
}
