import type { Item } from '@signalbox/contract/items.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { itemQuery, moveItem } from '../../api/items.ts';
import { usePipelines } from '../../api/pipelines.ts';
import { readableOn } from '../../ui/color.ts';
import { sayFailed } from '../../ui/notify.ts';
import styles from './stage-bar.module.css';

/** The pipeline's stages; a click moves the item. */
export function StageBar({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { data: pipelines } = usePipelines();
  const stages = pipelines?.find(({ id }) => id === item.pipeline)?.stages ?? [];
  const now = stages.findIndex(({ code }) => code === item.stage);
  const color = stages[now]?.color ?? '#868e96';
  const { mutate: move } = useMove(item);
  const bar = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = bar.current?.querySelector(`[data-code="${CSS.escape(item.stage)}"]`);
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [item.stage]);

  return (
    <ol ref={bar} className={styles.bar} aria-label={t('item.stages')}>
      {stages.map((stage, index) => (
        <li key={stage.code} className={styles.slot} data-code={stage.code}>
          <button
            type="button"
            className={styles.stage}
            data-reached={isReached(stage.kind, index, now) || undefined}
            aria-current={index === now ? 'step' : undefined}
            style={{ '--stage': color, '--own': stage.color, '--on-stage': readableOn(color) }}
            title={stage.name}
            onClick={() => move(stage.code)}
          >
            {stage.name}
          </button>
        </li>
      ))}
    </ol>
  );
}

// A lost item has not passed "won" on its way.
const isReached = (kind: string, index: number, now: number) => index === now || (index < now && kind === 'open');

function useMove(item: Item) {
  const client = useQueryClient();
  const key = itemQuery(item.id).queryKey;
  return useMutation({
    mutationFn: (stage: string) => moveItem(item.id, stage),
    onMutate: async (stage) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, { ...item, stage });
    },
    onError: (error) => {
      client.setQueryData(key, item);
      sayFailed(error);
    },
    onSettled: () =>
      Promise.all(
        [['item', item.id], ['timeline', item.id], ['board']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}
