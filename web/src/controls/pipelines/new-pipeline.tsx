import { Button, Checkbox, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import type { Pipeline, PipelineStart } from '@signalbox/contract/pipelines.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddPipeline, usePipelines } from '../../api/automation/pipelines.ts';
import { useTypeNames } from '../../api/items/item-types.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';

interface NewPipelineProps {
  readonly type: string;
  readonly open: (pipeline: Pipeline) => void;
  readonly close: () => void;
}

const starts = ['sample', 'empty', 'copy'] as const;
type Start = (typeof starts)[number];

export function NewPipeline({ type, open, close }: NewPipelineProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const names = useTypeNames();
  const pipelines = (usePipelines().data ?? []).filter((one) => one.type === type);
  const [name, setName] = useState('');
  const [start, setStart] = useState<Start>('sample');
  const [copied, setCopied] = useState<string | null>(null);
  const [automation, setAutomation] = useState(true);
  const { mutate: add, error, isPending } = useAddPipeline();
  const pattern = copied ?? String(pipelines[0]?.id ?? '');
  const from: PipelineStart = start === 'copy' ? { pipeline: Number(pattern), automation } : start;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add(
      { type, name, from },
      {
        onSuccess: (made) => {
          close();
          open(made);
        },
      },
    );
  };
  return (
    <Dialog title={t('create.title', { type: names.many(type) })} close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('manage.name')}
            value={name}
            maxLength={200}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={error && (fieldProblem(error, 'name', common) ?? problemText(error, common))}
            data-autofocus
          />
          <Radio.Group
            label={t('create.from')}
            value={start}
            onChange={(value) => setStart(starts.find((one) => one === value) ?? 'sample')}
          >
            <Stack gap={6} mt={6}>
              {starts.map((one) => (
                <Radio key={one} value={one} label={t(`create.${one}`)} disabled={one === 'copy' && !pipelines[0]} />
              ))}
            </Stack>
          </Radio.Group>
          {start === 'copy' && (
            <>
              <Select
                label={t('create.pattern')}
                data={pipelines.map((one) => ({ value: String(one.id), label: one.name }))}
                value={pattern}
                onChange={setCopied}
                allowDeselect={false}
              />
              <Checkbox
                label={t('create.automation')}
                checked={automation}
                onChange={({ currentTarget }) => setAutomation(currentTarget.checked)}
              />
            </>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
              {common('common.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
