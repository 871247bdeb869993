import { ActionIcon, Button, Group, Textarea } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { Pencil, StickyNote } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeCall } from '../../api/items/calls.ts';
import { useMay } from '../../api/workspace/may.ts';
import { useMe } from '../../api/workspace/me.ts';
import { ownEscape } from '../../ui/panels/side-panel.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './note-of-call.module.css';

/**
 * What was talked about; written down afterwards too, by who had the call or may change every item (docs/telephone.md). `small`: where rows
 * stand close, the offer to write is an icon.
 */
export function NoteOfCall({ call, small = false }: { call: Call; small?: boolean }) {
  const { t } = useTranslation('phone');
  const [editing, setEditing] = useState(false);
  const isMine = useIsMine(call);
  const { note, number } = call;
  if (editing) return <Editor call={call} close={() => setEditing(false)} />;
  if (!isMine) return note === '' ? null : <p className={styles.note}>{note}</p>;
  const name = t(note === '' ? 'note.add' : 'note.edit');
  const label = `${name}: ${number ?? t('withheld')}`;
  const edit = () => setEditing(true);
  if (small && note === '')
    return (
      <ActionIcon size={28} aria-label={label} title={name} onClick={edit}>
        <StickyNote size={15} />
      </ActionIcon>
    );
  return (
    <>
      {note !== '' && <p className={styles.note}>{note}</p>}
      <Button
        className={styles.button}
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={note === '' ? <StickyNote size={13} /> : <Pencil size={13} />}
        aria-label={label}
        onClick={edit}
      >
        {name}
      </Button>
    </>
  );
}

function useIsMine({ employee, employees }: Call): boolean {
  const { id } = useMe();
  const { changesEverything } = useMay();
  return changesEverything || employee?.id === id || employees.some((one) => one.id === id);
}

function Editor({ call: { id, note }, close }: { call: Call; close: () => void }) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const [text, setText] = useState(note);
  const { mutate, isPending, error } = useChangeCall();
  const save = () => {
    if (text === note) close();
    else mutate({ id, note: text }, { onSuccess: close });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    // What has been typed is not lost by a slip.
    if (event.key === 'Escape' && text === note) close();
  };
  return (
    <div className={styles.editor} {...ownEscape}>
      <ErrorNote error={error} />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={12}
        maxLength={20_000}
        aria-label={t('live.note')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => currentTarget.setSelectionRange(note.length, note.length)}
        autoFocus
      />
      <Group gap="xs">
        <Button size="compact-sm" loading={isPending} onClick={save}>
          {common('common.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {common('common.cancel')}
        </Button>
      </Group>
    </div>
  );
}
