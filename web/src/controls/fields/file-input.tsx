import { ActionIcon, Button, FileButton, Input, Progress } from '@mantine/core';
import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { Paperclip, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './file-input.module.css';
import { FileShown } from './file-shown.tsx';
import type { InputProps } from './input-props.ts';
import { useUploads } from './use-uploads.ts';
import { idsOf } from './values.ts';

/** Uploads with progress, pictures in small, and a way back for what was removed. */
export function FileInput({ field, value, onChange, frame }: InputProps) {
  const { t } = useTranslation('fields');
  const several = takesSeveral(field);
  const ids = idsOf(value);
  const [removed, setRemoved] = useState<number | null>(null);
  const write = (next: readonly number[]) => onChange(several ? [...next] : (next.at(-1) ?? null));
  const { uploads, start } = useUploads((made) => write([...ids, ...made]));
  const { label, description, error, withAsterisk, autoFocus, disabled } = frame;
  const name = frame['aria-label'] ?? (typeof label === 'string' ? label : undefined);

  const remove = (id: number) => {
    setRemoved(id);
    write(ids.filter((one) => one !== id));
  };
  const undo = () => {
    if (removed !== null) write([...ids, removed]);
    setRemoved(null);
  };
  return (
    <Input.Wrapper {...{ label, description, error, withAsterisk }} labelElement="div">
      <ul className={styles.files}>
        {ids.map((id) => (
          <li key={id} className={styles.file}>
            <FileShown id={id} />
            <ActionIcon size="sm" aria-label={t('removeFile')} disabled={disabled} onClick={() => remove(id)}>
              <X size={14} />
            </ActionIcon>
          </li>
        ))}
        {uploads.map(({ key, name: file, part, problem, cancel }) => (
          <li key={key} className={styles.file}>
            <span className={styles.uploading}>
              {file}
              {problem === undefined ? (
                <Progress value={part * 100} size="sm" aria-label={t('uploading', { name: file })} />
              ) : (
                <span role="alert" className={styles.problem}>
                  {problem}
                </span>
              )}
            </span>
            <ActionIcon size="sm" aria-label={t('cancelUpload', { name: file })} onClick={cancel}>
              <X size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <FileButton multiple={several} onChange={(given) => start([given ?? []].flat())}>
        {(props) => (
          <Button
            {...props}
            size="compact-xs"
            variant="default"
            leftSection={<Paperclip size={13} />}
            aria-label={name === undefined ? undefined : `${t(labelOf(several, ids))}: ${name}`}
            // A button that is disabled loses the focus, and with it the keys of whoever stands on it.
            aria-disabled={disabled}
            data-disabled={disabled || undefined}
            onClick={disabled ? undefined : props.onClick}
            data-autofocus={autoFocus || undefined}
            autoFocus={autoFocus}
          >
            {t(labelOf(several, ids))}
          </Button>
        )}
      </FileButton>
      {removed !== null && (
        <Button size="compact-xs" variant="subtle" ml={6} leftSection={<Undo2 size={13} />} onClick={undo}>
          {t('undoRemove')}
        </Button>
      )}
    </Input.Wrapper>
  );
}

const labelOf = (several: boolean, ids: readonly number[]) =>
  several ? 'addFiles' : ids.length === 0 ? 'chooseFile' : 'replaceFile';
