import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddComment, useIsCommenting } from '../../../api/items/items.ts';
import { useDraft } from '../../../ui/hooks/use-draft.ts';
import { problemText } from '../../../ui/text/problem-text.ts';
import type { WritingProps } from './tab.ts';

export function CommentForm({ item: { id: item } }: WritingProps) {
  const { t } = useTranslation();
  const { text, change, clear, reread } = useDraft(`comment-${item}`);
  const { mutate: add, error } = useAddComment(item, clear);
  const isPending = useIsCommenting(item);
  // What was sent before the form was left and opened anew is not offered to be sent again.
  useEffect(() => {
    if (!isPending) reread();
  }, [isPending, reread]);

  const send = () => {
    if (text.trim() !== '' && !isPending) add(text);
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
          readOnly={isPending}
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
