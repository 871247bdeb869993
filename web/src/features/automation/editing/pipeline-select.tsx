import { Select } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useTypeNames } from '../../../api/items/item-types.ts';
import { groupBy } from '../../../controls/group-by.ts';

interface PipelineSelectProps {
  /** The id as text. */
  readonly value: string;
  readonly onChange: (pipeline: Pipeline) => void;
  readonly label?: string;
  readonly className?: string | undefined;
}

/** Every pipeline, under its item type. */
export function PipelineSelect({ value, onChange, label, className }: PipelineSelectProps) {
  const { t: own } = useTranslation('automation');
  const names = useTypeNames();
  const pipelines = usePipelines().data ?? [];
  const data = [...groupBy(pipelines, ({ type }) => type)].map(([type, list]) => ({
    group: names.many(type),
    items: list.map(({ id, name }) => ({ value: String(id), label: name })),
  }));
  return (
    <Select
      label={label}
      aria-label={own('pipeline')}
      data={data}
      value={value}
      onChange={(id) => {
        const chosen = pipelines.find((one) => String(one.id) === id);
        if (chosen !== undefined) onChange(chosen);
      }}
      allowDeselect={false}
      searchable
      className={className}
    />
  );
}
