import { Button, Group, Stack, Textarea } from '@mantine/core';
import type { FormEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddComment } from '../../../api/items/items.ts';
import { useDraft } from '../../../ui/hooks/use-draft.ts';
import { problemText } from '../../../ui/text/problem-text.ts';
import type { WritingProps } from './tab.ts';

export function CommentForm({ item: { id: item } }: WritingProps) {
  const { t } = useTranslation();
  const { text, change, clear } = useDraft(`comment-${item}`);
  const { mutate: add, error, isPending } = useAddComment(item);

  const send = () => {
    if (text.trim() !== '' && !isPending) add(text, { onSuccess: clear });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          aria-label={t('composer.comment')}
          placeholder={t('composer.commentHint')}
          autosize
          minRows={2}
          maxRows={12}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          error={error && problemText(error, t)}
        />
        {(text !== '' || isPending) && (
          <Group justify="flex-end">
            <Button type="submit" size="xs" loading={isPending}>
              {t('composer.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
