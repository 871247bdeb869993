import { VisuallyHidden } from '@mantine/core';
import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberPipeline } from '../../ui/last-pipeline.ts';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './board.module.css';
import { BoardHead } from './board-head.tsx';
import { Columns } from './columns.tsx';
import { useShownBoard } from './use-shown-board.ts';

export function BoardPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/signed-in/board/$type/$pipeline' });
  const { q = '' } = useSearch({ from: '/signed-in/board/$type/$pipeline' });
  const place = useMemo(() => ({ pipeline: Number(params.pipeline), q }), [params.pipeline, q]);
  const { board, error, refetch, ...live } = useShownBoard(place);
  useEffect(() => rememberPipeline(place.pipeline), [place.pipeline]);
  useTitle(board?.pipeline.name);

  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">{board?.pipeline.name ?? t('shell.crm')}</VisuallyHidden>
      <BoardHead type={params.type} pipeline={place.pipeline} q={q} />
      <ErrorNote error={error} retry={refetch} />
      {board ? <Columns board={board} place={place} live={live} /> : !error && <Loading lines={8} />}
      <Outlet />
    </div>
  );
}

function useTitle(name: string | undefined) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = name ? `${name} · ${t('shell.product')}` : t('shell.product');
  }, [name, t]);
}
