import { Button, Group, Stack, Textarea } from '@mantine/core';
import type { Task, TaskComment } from '@signalbox/contract/tasks.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddTaskComment } from '../../../api/tasks/task-commands.ts';
import { taskCommentsQuery } from '../../../api/tasks/tasks.ts';
import { FileInput } from '../../../controls/fields/file-input.tsx';
import { FileShown } from '../../../controls/fields/file-shown.tsx';
import { idsOf } from '../../../controls/fields/values.ts';
import { useDraft } from '../../../ui/hooks/use-draft.ts';
import { Loading } from '../../../ui/loading.tsx';
import { PersonFace } from '../../../ui/person-face.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from './panel.module.css';

/** Talk about a task, oldest first, and the form for more. */
export function Comments({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(taskCommentsQuery(task.id));
  const comments = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Stack gap="sm">
      <ErrorNote error={error} retry={() => void refetch()} />
      {!data && !error && <Loading lines={2} />}
      {data && comments.length === 0 && <p className={styles.small}>{t('panel.noComments')}</p>}
      <ul className={styles.comments}>
        {comments.map((comment) => (
          <CommentEntry key={comment.id} comment={comment} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void fetchNextPage()}>
          {common('common.loadMore')}
        </Button>
      )}
      <CommentForm id={task.id} />
    </Stack>
  );
}

function CommentEntry({ comment: { author, at, text, files } }: { comment: TaskComment }) {
  return (
    <li className={styles.comment}>
      <span className={styles.author}>
        {author && <PersonFace person={author} size={20} />} {author?.name}
        <span className={styles.small}>
          <RelativeTime at={at} />
        </span>
      </span>
      <p className={styles.words}>{text}</p>
      {files.map(({ id }) => (
        <FileShown key={id} id={id} />
      ))}
    </li>
  );
}

function CommentForm({ id }: { id: number }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { text, change, clear } = useDraft(`task-comment-${id}`);
  const [files, setFiles] = useState<number[]>([]);
  const { mutate: add, error, isPending } = useAddTaskComment(id);
  const done = () => {
    clear();
    setFiles([]);
  };
  const send = () => {
    if (text.trim() !== '' && !isPending) add({ text, files }, { onSuccess: done });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap={6}>
        <Textarea
          aria-label={t('panel.comment')}
          placeholder={t('panel.commentHint')}
          autosize
          minRows={2}
          maxRows={12}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
          error={error && problemText(error, common)}
        />
        {(text !== '' || files.length > 0) && (
          <Group justify="space-between" align="flex-start">
            <FileInput
              field={{ kind: 'file', multiple: true }}
              value={files}
              onChange={(next) => setFiles(idsOf(next))}
              frame={{ 'aria-label': t('panel.comment') }}
            />
            <Button type="submit" size="xs" loading={isPending} disabled={text.trim() === ''}>
              {common('composer.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
