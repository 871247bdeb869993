import { Button } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import type { Stage } from '@signalbox/contract/pipelines.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { itemQuery } from '../../api/items/items.ts';
import { useMay } from '../../api/workspace/may.ts';
import { ConvertDialog } from '../../controls/conversion/convert-dialog.tsx';
import { moveAsking } from '../../controls/fields/ask-missing.tsx';
import { MoveToPipeline } from '../../controls/pipelines/move-to-pipeline.tsx';
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
  const mayMove = useMay().item(item, 'change');
  const [asked, setAsked] = useState<Stage | null>(null);
  const bar = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = bar.current?.querySelector(`[data-code="${CSS.escape(item.stage)}"]`);
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [item.stage]);

  return (
    <div className={styles.line}>
      <ol ref={bar} className={styles.bar} aria-label={t('item.stages')}>
        {stages.map((stage, index) => (
          <li key={stage.code} className={styles.slot} data-code={stage.code}>
            <button
              type="button"
              className={styles.stage}
              data-reached={isReached(stage.kind, index, now) || undefined}
              aria-current={index === now ? 'step' : undefined}
              style={{ '--stage': color, '--own': stage.color, '--on-stage': readableOn(color) }}
              title={mayMove ? stage.name : `${stage.name}. ${t('problem.codes.no-item-change')}`}
              disabled={!mayMove}
              onClick={() => (asksFirst(item, stage.kind) ? setAsked(stage) : move({ stage: stage.code }))}
            >
              {stage.name}
            </button>
          </li>
        ))}
      </ol>
      {mayMove && <OtherPipeline item={item} move={move} />}
      {asked && (
        <ConvertDialog
          item={item}
          move={{ stage: asked.name, go: () => move({ stage: asked.code }) }}
          close={() => setAsked(null)}
        />
      )}
    </div>
  );
}

interface Target {
  readonly stage: string;
  readonly pipeline?: number;
}

function OtherPipeline({ item, move }: { item: Item; move: (to: Target) => void }) {
  const { t } = useTranslation('pipelines');
  const [asking, setAsking] = useState(false);
  const others = (usePipelines().data ?? []).filter(({ type, id }) => type === item.type && id !== item.pipeline);
  if (others.length === 0) return null;
  return (
    <>
      <Button size="compact-sm" variant="subtle" className={styles.other} onClick={() => setAsking(true)}>
        {t('place.other')}
      </Button>
      {asking && (
        <MoveToPipeline type={item.type} from={item.pipeline} count={1} onMove={move} close={() => setAsking(false)} />
      )}
    </>
  );
}

// Who wins a lead mostly wants a deal of it.
const asksFirst = (item: Item, kind: Stage['kind']) =>
  item.type === 'lead' && kind === 'won' && item.stageKind !== 'won';

// A lost item has not passed "won" on its way.
const isReached = (kind: string, index: number, now: number) => index === now || (index < now && kind === 'open');

function useMove(item: Item) {
  const client = useQueryClient();
  const key = itemQuery(item.id).queryKey;
  return useMutation({
    mutationFn: ({ stage, pipeline }: Target) => moveAsking(item.type, item.id, { stage, pipeline }),
    onMutate: async ({ stage, pipeline = item.pipeline }) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, { ...item, stage, pipeline });
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
