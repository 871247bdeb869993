import { Alert, Button, Group, Stack } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { conversionQuery } from '../../api/items/conversion.ts';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { ConvertForm } from './convert-form.tsx';

interface ConvertDialogProps {
  readonly item: Item;
  /** When it was opened by a click on a won stage: its name, and the move alone. */
  readonly move?: { readonly stage: string; readonly go: () => void } | undefined;
  readonly close: () => void;
}

/** Makes a deal of a lead; what will be made is shown and can be changed first. */
export function ConvertDialog({ item, move, close }: ConvertDialogProps) {
  const { t } = useTranslation('pipelines');
  const { data: plan, error } = useQuery(conversionQuery(item.id));
  const { data: pipelines } = usePipelines();
  const navigate = useNavigate();
  const openDeal = (id: number) => {
    close();
    void navigate({ to: '/items/$item', params: { item: String(id) } });
  };
  const moveOnly = move && (
    <Button
      variant="default"
      onClick={() => {
        move.go();
        close();
      }}
    >
      {t('convert.onlyMove', { stage: move.stage })}
    </Button>
  );
  const [made] = plan?.deals ?? [];
  return (
    <Dialog title={t('convert.title', { title: item.title })} close={close} size="lg">
      <ErrorNote error={error} />
      {made && (
        <Stack>
          <Alert color="blue">{t('convert.already')}</Alert>
          <Group justify="flex-end" gap="xs">
            {moveOnly}
            <Button onClick={() => openDeal(made.id)} data-autofocus>
              {t('convert.openDeal')}: {made.title}
            </Button>
          </Group>
        </Stack>
      )}
      {plan && pipelines && !made && (
        <ConvertForm
          lead={item}
          plan={plan}
          pipelines={pipelines.filter(({ type }) => type === 'deal')}
          instead={moveOnly}
          onDone={openDeal}
          close={close}
        />
      )}
      {(!plan || !pipelines) && !error && <Loading lines={5} />}
    </Dialog>
  );
}
