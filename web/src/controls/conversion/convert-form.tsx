import { Button, Fieldset, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ConversionPlan } from '@signalbox/contract/conversion.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConvert } from '../../api/items/conversion.ts';
import { useMayFill } from '../../api/items/fields.ts';
import { useMe } from '../../api/workspace/me.ts';
import { useUsers } from '../../api/workspace/users.ts';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { sayDone } from '../../ui/notify.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { decimalsOf } from '../../ui/text/format.ts';
import { fieldProblem } from '../../ui/text/problem-text.ts';
import { PlaceSelect } from '../pipelines/pipeline-place.tsx';
import { ConvertClients } from './convert-clients.tsx';
import { ConvertFields } from './convert-fields.tsx';
import { type ConversionForm, useConversionForm } from './use-conversion.ts';
import { WhatHappens } from './what-happens.tsx';

interface ConvertFormProps {
  readonly lead: Item;
  readonly plan: ConversionPlan;
  readonly pipelines: readonly Pipeline[];
  /** What may be done instead of converting. */
  readonly instead: ReactNode;
  readonly onDone: (deal: number) => void;
  readonly close: () => void;
}

export function ConvertForm({ lead, plan, pipelines, instead, onDone, close }: ConvertFormProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const { form, change, body } = useConversionForm({ lead, plan, pipelines });
  const { mutateAsync, error, isPending } = useConvert(lead.id);
  // As a promise: this form is gone as soon as the plan, asked for anew, says that the deal is there.
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await mutateAsync(body).catch(() => null);
    if (done === null) return;
    sayDone(t(done.created ? 'convert.done' : 'convert.already'));
    onDone(done.deal.id);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <DealFields lead={lead} pipelines={pipelines} form={form} change={change} error={error} />
        <ConvertClients lead={lead} plan={plan} form={form} change={change} />
        <ConvertFields lead={lead} form={form} change={change} />
        <WhatHappens form={form} plan={plan} pipelines={pipelines} />
        <ErrorNote error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {common('common.cancel')}
          </Button>
          {instead}
          <Button type="submit" loading={isPending} disabled={!isComplete(form)}>
            {t('convert.button')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isComplete = ({ title, contact, company }: ConversionForm) =>
  [title, contact?.name, company].every((text) => text == null || text.trim() !== '');

interface DealFieldsProps extends Pick<ConvertFormProps, 'lead' | 'pipelines'> {
  readonly form: ConversionForm;
  readonly change: (part: Partial<ConversionForm>) => void;
  readonly error: Error | null;
}

function DealFields({ lead, pipelines, form, change, error }: DealFieldsProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const { workspace } = useMe();
  const { data: users = [] } = useUsers();
  const mayFill = useMayFill('deal');
  return (
    <Fieldset legend={t('convert.deal')}>
      <Stack gap="xs">
        <TextInput
          label={t('convert.dealTitle')}
          value={form.title}
          onChange={({ currentTarget }) => change({ title: currentTarget.value })}
          error={fieldProblem(error, 'title', common)}
          data-autofocus
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
          <PlaceSelect pipelines={pipelines} value={form.place} onChange={(place) => change({ place })} />
          {mayFill('amount') && (
            <DecimalInput
              label={common('fields.amount')}
              value={form.amount}
              onChange={(amount) => change({ amount: amount === null ? '' : Number(amount) })}
              min={0}
              decimals={decimalsOf(lead.currency ?? workspace.currency)}
              rightSection={<Text size="xs">{lead.currency ?? workspace.currency}</Text>}
              rightSectionWidth={48}
              error={fieldProblem(error, 'amount', common)}
            />
          )}
          <Select
            label={common('clients.responsible')}
            disabled={!mayFill('responsible')}
            data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={form.responsible}
            onChange={(responsible) => change({ responsible })}
            searchable
            clearable
            error={fieldProblem(error, 'responsible', common)}
          />
        </SimpleGrid>
      </Stack>
    </Fieldset>
  );
}
