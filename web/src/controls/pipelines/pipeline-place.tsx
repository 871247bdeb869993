import { Select } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { useTranslation } from 'react-i18next';

export interface PipelinePlace {
  readonly pipeline: number;
  readonly stage: string;
}

interface PlaceSelectProps {
  /** To choose from. */
  readonly pipelines: readonly Pipeline[];
  readonly value: PipelinePlace;
  readonly onChange: (place: PipelinePlace) => void;
}

export const firstPlace = (pipeline: Pipeline | undefined): PipelinePlace => ({
  pipeline: pipeline?.id ?? 0,
  stage: pipeline?.stages[0]?.code ?? '',
});

/** A pipeline, and a stage of it. */
export function PlaceSelect({ pipelines, value, onChange }: PlaceSelectProps) {
  const { t } = useTranslation('pipelines');
  const chosen = pipelines.find(({ id }) => id === value.pipeline);
  return (
    <>
      <Select
        label={t('place.pipeline')}
        data={pipelines.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(value.pipeline)}
        allowDeselect={false}
        onChange={(id) => onChange(firstPlace(pipelines.find((one) => String(one.id) === id)))}
      />
      <Select
        label={t('place.stage')}
        data={(chosen?.stages ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        value={value.stage}
        allowDeselect={false}
        onChange={(stage) => stage && onChange({ ...value, stage })}
      />
    </>
  );
}
