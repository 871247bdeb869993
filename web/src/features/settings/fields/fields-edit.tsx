import { Button, Group, MultiSelect, Stack, Switch, TextInput } from '@mantine/core';
import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { Field } from '@signalbox/contract/fields.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useChangeField } from '../../../api/items/fields.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../../ui/text/problem-text.ts';
import { type Option, OptionsEditor } from './fields-options.tsx';

/** Name, options, several values, and the stages that ask for the field. */
export function EditField({ field, close }: { field: Field; close: () => void }) {
  const { t } = useTranslation(['fields', 'translation']);
  const { t: common } = useTranslation();
  const [name, setName] = useState(field.name);
  const [options, setOptions] = useState<readonly Option[]>(field.options);
  const [stages, setStages] = useState(field.requiredStageIds.map(String));
  const [multiple, setMultiple] = useState(field.multiple);
  const { mutate: save, error, isPending } = useChangeField(field);
  const isAdmin = useMe().role === 'admin';
  const isChoice = fieldKindOf[field.kind].hasOptions;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = {
      ...{ name, requiredStages: stages.map(Number) },
      ...(isChoice && { options: options.filter((one) => one.name.trim() !== '').map(withValue) }),
      ...(multiple && !field.multiple && { multiple: true as const }),
    };
    save(body, { onSuccess: close });
  };
  return (
    <Dialog close={close} title={t('settings.edit', { name: field.name })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ErrorNote error={hasFieldProblems(error) ? null : error} />
          <TextInput
            label={t('settings.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldProblem(error, 'name', common)}
            data-autofocus
            required
          />
          <TextInput label={t('settings.code')} description={t('settings.codeHint')} value={field.code} readOnly />
          {isChoice && (
            <OptionsEditor
              field={field}
              options={options}
              change={setOptions}
              error={fieldProblem(error, 'options', common)}
            />
          )}
          {!field.multiple && fieldKindOf[field.kind].holds === 'one or several' && (
            <Switch
              label={t('settings.multiple')}
              description={t('settings.multipleHint')}
              checked={multiple}
              onChange={(event) => setMultiple(event.currentTarget.checked)}
            />
          )}
          {isAdmin && (
            <RequiredStages
              type={field.type}
              stages={stages}
              change={setStages}
              error={fieldProblem(error, 'requiredStages', common)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
              {common('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

// The value of an option stays when it is renamed, so that what has it keeps it.
const withValue = ({ value, name }: Option) => ({ value: value === '' ? name.trim() : value, name: name.trim() });

interface RequiredStagesProps {
  readonly type: string;
  readonly stages: string[];
  readonly change: (stages: string[]) => void;
  readonly error: string | undefined;
}

function RequiredStages({ type, stages, change, error }: RequiredStagesProps) {
  const { t } = useTranslation('fields');
  const pipelines = (usePipelines().data ?? []).filter((one) => one.type === type);
  if (pipelines.length === 0) return null;
  const data = pipelines.map((pipeline) => ({
    group: pipeline.name,
    items: pipeline.stages.map(({ id, name }) => ({ value: String(id), label: name })),
  }));
  return (
    <MultiSelect
      label={t('settings.required')}
      description={t('settings.requiredHint')}
      data={data}
      value={stages}
      onChange={change}
      error={error}
      searchable
      hidePickedOptions
    />
  );
}
