import { Button, Progress, Select } from '@mantine/core';
import type { Stage } from '@signalbox/contract/pipelines.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useFields, useMayFill } from '../../api/items/fields.ts';
import { patchItem } from '../../api/items/item-list.ts';
import { useUsers } from '../../api/workspace/users.ts';
import { moverOf } from '../../controls/fields/ask-missing.tsx';
import { FieldInput } from '../../controls/fields/field-input.tsx';
import { withoutBlank } from '../../controls/fields/several-inputs.tsx';
import type { Value } from '../../controls/fields/values.ts';
import { MoveToPipeline } from '../../controls/pipelines/move-to-pipeline.tsx';
import { problemText } from '../../ui/text/problem-text.ts';
import styles from './list.module.css';

interface BulkBarProps {
  readonly type: string;
  readonly pipeline: number;
  readonly ids: readonly number[];
  readonly stages: readonly Stage[];
  readonly clear: () => void;
}

/** One change for many items, one after the other, so that each is judged and refused on its own. */
export function BulkBar({ type, pipeline, ids, stages, clear }: BulkBarProps) {
  const { t } = useTranslation('lists');
  const { run, stop, progress, report } = useBulk(ids);
  const { data: users = [] } = useUsers();
  const mayFill = useMayFill(type);
  const moveAll = (to: { stage: string; pipeline?: number }) => {
    const move = moverOf(type);
    void run((id) => move(id, to));
  };
  return (
    <section className={styles.bulk} aria-label={t('bulk.selected', { count: ids.length })}>
      <strong>{t('bulk.selected', { count: ids.length })}</strong>
      <Select
        aria-label={t('bulk.stage')}
        placeholder={t('bulk.stage')}
        disabled={progress !== null}
        data={stages.map(({ code, name }) => ({ value: code, label: name }))}
        value={null}
        onChange={(stage) => stage && moveAll({ stage })}
      />
      <OtherPipeline type={type} from={pipeline} count={ids.length} disabled={progress !== null} move={moveAll} />
      {mayFill('responsible') && (
        <Select
          aria-label={t('bulk.responsible')}
          placeholder={t('bulk.responsible')}
          searchable
          disabled={progress !== null}
          data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={null}
          onChange={(user) => user && void run((id) => patchItem(id, { responsible: Number(user) }))}
        />
      )}
      <FieldChange
        type={type}
        disabled={progress !== null}
        change={(fields) => void run((id) => patchItem(id, { fields }))}
      />
      {progress !== null && (
        <>
          <Progress
            value={(progress / ids.length) * 100}
            w={120}
            aria-label={t('bulk.progress', { done: progress, all: ids.length })}
          />
          <Button size="xs" variant="default" onClick={stop}>
            {t('bulk.stop')}
          </Button>
        </>
      )}
      <span role="status">{progress === null ? report : t('bulk.progress', { done: progress, all: ids.length })}</span>
      <Button size="xs" variant="subtle" ml="auto" onClick={clear}>
        {t('bulk.clear')}
      </Button>
    </section>
  );
}

interface OtherPipelineProps {
  readonly type: string;
  readonly from: number;
  readonly count: number;
  readonly disabled: boolean;
  readonly move: (to: { stage: string; pipeline?: number }) => void;
}

function OtherPipeline({ type, from, count, disabled, move }: OtherPipelineProps) {
  const { t } = useTranslation('pipelines');
  const [asking, setAsking] = useState(false);
  const others = (usePipelines().data ?? []).filter((one) => one.type === type && one.id !== from);
  if (others.length === 0) return null;
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setAsking(true)}>
        {t('place.other')}
      </Button>
      {asking && <MoveToPipeline type={type} from={from} count={count} onMove={move} close={() => setAsking(false)} />}
    </>
  );
}

interface FieldChangeProps {
  readonly type: string;
  readonly disabled: boolean;
  readonly change: (fields: Record<string, unknown>) => void;
}

function FieldChange({ type, disabled, change }: FieldChangeProps) {
  const { t } = useTranslation('lists');
  const { data: fields = [] } = useFields(type);
  const [code, setCode] = useState<string | null>(null);
  const [value, setValue] = useState<Value>(null);
  const own = fields.filter(({ custom, code: one, limit }) => limit === null && (custom || one === 'source'));
  const field = own.find((one) => one.code === code);
  if (own.length === 0) return null;
  return (
    <>
      <Select
        aria-label={t('bulk.field')}
        placeholder={t('bulk.field')}
        searchable
        clearable
        disabled={disabled}
        data={own.map((one) => ({ value: one.code, label: one.name }))}
        value={code}
        onChange={(next) => {
          setCode(next);
          setValue(null);
        }}
      />
      {field && (
        <>
          <FieldInput
            key={field.code}
            field={field}
            value={value}
            onChange={setValue}
            frame={{ 'aria-label': t('bulk.value'), disabled }}
          />
          <Button size="xs" disabled={disabled} onClick={() => change({ [field.code]: withoutBlank(value) })}>
            {t('bulk.change')}
          </Button>
        </>
      )}
    </>
  );
}

function useBulk(ids: readonly number[]) {
  const { t } = useTranslation('lists');
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const stopped = useRef(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [report, setReport] = useState('');
  const run = async (change: (id: number) => Promise<unknown>) => {
    stopped.current = false;
    let done = 0;
    const refusals: string[] = [];
    for (const [index, id] of ids.entries()) {
      if (stopped.current) break;
      setProgress(index);
      await change(id).then(
        () => {
          done += 1;
        },
        (error: unknown) => refusals.push(error instanceof Error ? problemText(error, common) : String(error)),
      );
    }
    setProgress(null);
    const failed = refusals.length;
    setReport(failed === 0 ? t('bulk.done', { done }) : t('bulk.failed', { done, failed, why: refusals[0] }));
    await client.invalidateQueries({ queryKey: ['board'] });
  };
  const stop = () => {
    stopped.current = true;
  };
  return { run, stop, progress, report };
}
