import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Field } from '@signalbox/contract/fields.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../../api/items/fields.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { CreateField } from '../../../controls/fields/create-field.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../items.module.css';
import { ClientFields } from './client-fields.tsx';
import { ItemFieldRow } from './field-row.tsx';

// The title, the stage and the clients have their own places on the card.
const elsewhere = new Set([
  'title',
  'currency',
  'stage',
  'pipeline',
  'contact',
  'company',
  'client',
  'updatedAt',
  'parent',
]);
const onlyOn: Record<string, readonly string[]> = {
  dealKind: ['deal'],
  repeat: ['deal', 'lead'],
  deliveryDate: ['deal', 'quote', 'invoice'],
  dueDate: ['invoice'],
  paymentDate: ['invoice'],
};

export function Fields({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { data: fields, error } = useFields(item.type);
  const mayAdd = useMay().addField(item.type);
  const [creating, { open, close }] = useDisclosure(false);
  const custom = fields?.filter((field) => field.custom) ?? [];

  return (
    <div className={styles.fields}>
      <Panel title={t('item.about')}>
        <ErrorNote error={error} />
        {fields ? (
          rowsOf(
            fields.filter((field) => isShown(field, item)),
            item,
          )
        ) : (
          <Loading />
        )}
      </Panel>
      <ClientFields item={item} />
      {(custom.length > 0 || mayAdd) && (
        <Panel title={t('item.moreFields')}>
          {rowsOf(custom, item)}
          {mayAdd && (
            <Button size="compact-sm" variant="subtle" leftSection={<Plus size={15} />} onClick={open}>
              {t('fields.create')}
            </Button>
          )}
          {creating && <CreateField type={item.type} close={close} />}
        </Panel>
      )}
    </div>
  );
}

const rowsOf = (fields: readonly Field[], item: Item) =>
  fields.map((field) => <ItemFieldRow key={field.code} field={field} item={item} />);

function isShown({ custom, code, kind, options }: Field, item: Item): boolean {
  if (custom || elsewhere.has(code)) return false;
  if (kind === 'choice' && options.length === 0) return false;
  return onlyOn[code]?.includes(item.type) ?? true;
}
