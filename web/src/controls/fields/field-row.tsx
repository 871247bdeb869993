import { ActionIcon } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/text/problem-text.ts';
import { FieldEditor } from './field-editor.tsx';
import styles from './field-row.module.css';
import { FieldValue, leadsSomewhere } from './field-value.tsx';
import { HeldBack } from './held-back.tsx';
import { isNothing, type Value } from './values.ts';

interface Saving {
  save: (value: Value, done: () => void) => void;
  error: Error | null;
  isPending: boolean;
  reset: () => void;
}

interface FieldRowProps {
  field: Field;
  value: Value;
  saving: Saving;
  /** Whether the reader may only look at it. */
  fixed?: boolean;
}

/** A field and its value; a click turns the value into its editor, leaving it saves. */
export function FieldRow({ field, value, saving, fixed = false }: FieldRowProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const stop = () => {
    setEditing(false);
    saving.reset();
  };
  const commit = (next: Value) => {
    const same = isNothing(next) ? isNothing(value) : JSON.stringify(next) === JSON.stringify(value);
    if (same) return stop();
    // Several files may follow one another.
    saving.save(next, field.kind === 'file' ? saving.reset : stop);
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
          saving={saving.isPending}
          error={saving.error ? problemText(saving.error, t) : undefined}
        />
      ) : (
        <Shown field={field} value={value} edit={() => setEditing(true)} fixed={fixed} />
      )}
    </div>
  );
}

interface ShownProps {
  field: Field;
  value: Value;
  edit: () => void;
  fixed: boolean;
}

function Shown({ field, value, edit, fixed }: ShownProps) {
  const { t } = useTranslation();
  const shown = <FieldValue field={field} value={value} />;
  const label = t('item.editField', { field: field.name });
  if (field.limit === 'read-only')
    return (
      <span className={styles.leading}>
        <span className={styles.fixed}>{shown}</span>
        <HeldBack />
      </span>
    );
  if (field.readOnly || fixed) return <span className={styles.fixed}>{shown}</span>;
  if (leadsSomewhere(field) && !isNothing(value))
    return (
      <span className={styles.leading}>
        <span className={styles.fixed}>{shown}</span>
        <ActionIcon size="sm" aria-label={label} onClick={edit}>
          <Pencil size={13} />
        </ActionIcon>
      </span>
    );
  return (
    <button
      type="button"
      className={styles.value}
      onClick={edit}
      aria-label={label}
      aria-describedby={`value-${field.code}`}
    >
      <span id={`value-${field.code}`}>{shown}</span>
    </button>
  );
}
