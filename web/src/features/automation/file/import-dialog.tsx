import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import i18next from 'i18next';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';
import { type Draft, type Edit, savedFile } from '../model/draft.ts';
import { importOf } from '../model/imported.ts';
import styles from './file.module.css';
import { Found } from './found.tsx';
import { readFile } from './read-file.ts';

interface ImportDialogProps {
  readonly draft: Draft;
  readonly onTake: (change: Edit) => void;
  readonly onClose: () => void;
}

/** A file, chosen or pasted: what is wrong with it, by line; what it would change; then it becomes the draft. */
export function ImportDialog({ draft, onTake, onClose }: ImportDialogProps) {
  const { t } = useTranslation('automation');
  const [text, setText] = useState('');
  const look = useMutation({ mutationFn: (source: string) => readFile(source, draft.file) });
  const change = (next: string) => {
    setText(next);
    look.reset();
  };
  const choose = async (file: File | null) => {
    if (file === null) return;
    const source = await file.text();
    change(source);
    look.mutate(source);
  };
  const found = look.data;
  const edit =
    found?.file == null
      ? null
      : importOf({ file: found.file, errors: found.errors, cards: draft.cards, stages: savedFile(draft).stages });
  return (
    <Dialog close={onClose} title={t('file.import')} size="xl">
      <Stack gap="sm">
        <Textarea
          label={t('file.paste')}
          description={t('file.pasteHint')}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          classNames={{ input: styles.source }}
          autosize
          minRows={8}
          maxRows={16}
          spellCheck={false}
          wrap="off"
          data-autofocus
        />
        <Group gap="xs">
          <FileButton accept=".yaml,.yml,.json,text/yaml,application/json" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<Upload size={15} />}>
                {t('file.choose')}
              </Button>
            )}
          </FileButton>
          <Button
            variant="default"
            disabled={text.trim() === ''}
            loading={look.isPending}
            onClick={() => look.mutate(text)}
          >
            {t('file.look')}
          </Button>
        </Group>
        {look.error !== null && (
          <Text size="sm" c="red" role="alert">
            {problemText(look.error, i18next.t)}
          </Text>
        )}
        {found !== undefined && <Found found={found} edit={edit} draft={draft} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('copy.cancel')}
          </Button>
          <Button
            disabled={edit === null}
            onClick={() => {
              if (edit !== null) onTake(edit);
              onClose();
            }}
          >
            {t('file.take')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
