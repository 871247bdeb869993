import { Select } from '@mantine/core';
import { findPipelinePlace } from '@signalbox/automation/engine/binding/places-elsewhere.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, textOf, withChosen } from '../control.ts';
import { type FormFacts, type PipelineOption, useFormFacts } from '../form-facts.tsx';
import { StageSelect } from './chooser-controls.tsx';

/** Another pipeline; of the own type not the board's own one. */
export function PipelineControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const facts = useFormFacts();
  const { of, required } = props.setting;
  const options = pipelinesMeant(props, facts).filter(({ id }) => of !== 'own' || id !== facts.pipeline);
  const found = findPipelinePlace(options, shown(props));
  const chosen = found === undefined ? textOf(shown(props)) : String(found.id);
  return (
    <Select
      {...frameOf(props)}
      data={withChosen(
        options.map(({ id, name }) => ({ value: String(id), label: name })),
        [chosen],
      )}
      value={chosen === '' ? null : chosen}
      onChange={(id) => props.onChange(id === null ? undefined : Number(id))}
      placeholder={required ? undefined : t('controls.firstPipeline')}
      clearable={!required}
      searchable={options.length > 8}
      nothingFoundMessage={t('controls.nothingFound')}
    />
  );
}

/** A stage of the pipeline chosen beside it; another pipeline begins with its first one. */
export function StageThereControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { siblings, onChange } = props;
  const pipelines = pipelinesMeant(props, useFormFacts());
  const pipeline = siblings.pipeline == null ? pipelines[0] : findPipelinePlace(pipelines, siblings.pipeline);
  const stages = pipeline?.stages ?? [];
  const chosen = textOf(shown(props));
  const before = useRef(pipeline?.id);
  const isLost = chosen !== '' && before.current !== pipeline?.id && stages.every(({ code }) => code !== chosen);
  useEffect(() => {
    if (isLost) onChange(undefined);
    before.current = pipeline?.id;
  }, [isLost, onChange, pipeline?.id]);
  return (
    <StageSelect
      {...frameOf(props)}
      stages={stages}
      value={chosen}
      onChange={(code) => onChange(code === '' ? undefined : code)}
      placeholder={stages[0]?.name ?? t('controls.firstStage')}
    />
  );
}

/** A type of item. */
export function ItemTypeControl(props: ControlProps) {
  const { itemTypes } = useFormFacts();
  const chosen = textOf(shown(props));
  return (
    <Select
      {...frameOf(props)}
      data={withChosen(
        Object.entries(itemTypes).map(([value, label]) => ({ value, label })),
        [chosen],
      )}
      value={chosen === '' ? null : chosen}
      onChange={(type) => props.onChange(type ?? undefined)}
      allowDeselect={false}
    />
  );
}

/** Those among which the setting chooses. */
function pipelinesMeant(
  { setting: { of }, siblings }: Pick<ControlProps, 'setting' | 'siblings'>,
  { itemType, pipelines }: FormFacts,
): readonly PipelineOption[] {
  const type = of === 'own' ? itemType : of === 'chosen' ? siblings.type : of;
  return pipelines.filter((one) => one.type === type);
}
