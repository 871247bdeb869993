import type { Field } from '@signalbox/contract/fields.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveItem } from '../../api/items.ts';
import { problemText } from '../../ui/problem-text.ts';
import { FieldEditor } from './field-editors.tsx';
import styles from './field-row.module.css';
import { FieldValue } from './field-value.tsx';
import { isEditable, patchOf, readValue, type Value } from './field-values.ts';

/** A field and its value; a click turns the value into its editor, leaving it saves. */
export function FieldRow({ field, item }: { field: Field; item: Item }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { mutate: save, error, isPending, reset } = useSaveItem(item.id);
  const value = readValue(item, field);

  const stop = () => {
    setEditing(false);
    reset();
  };
  const commit = (next: Value) => {
    if (JSON.stringify(next) === JSON.stringify(value)) return stop();
    save(patchOf(field, next), { onSuccess: stop });
  };

  return (
    <div className={styles.row}>
      <span className={styles.label} id={`field-${field.code}`}>
        {field.name}
      </span>
      {editing ? (
        <FieldEditor
          field={field}
          value={value}
          commit={commit}
          cancel={stop}
          saving={isPending}
          error={error ? problemText(error, t) : undefined}
        />
      ) : (
        <Shown field={field} value={value} edit={() => setEditing(true)} />
      )}
    </div>
  );
}

function Shown({ field, value, edit }: { field: Field; value: Value; edit: () => void }) {
  const { t } = useTranslation();
  const shown = <FieldValue field={field} value={value} />;
  if (!isEditable(field)) return <span className={styles.fixed}>{shown}</span>;
  return (
    <button
      type="button"
      className={styles.value}
      onClick={edit}
      aria-label={t('item.editField', { field: field.name })}
      aria-describedby={`value-${field.code}`}
    >
      <span id={`value-${field.code}`}>{shown}</span>
    </button>
  );
}
