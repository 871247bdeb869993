import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import type { Undone, UndoneLine } from '@signalbox/contract/automation/undo.ts';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Undoable, undoQuery, useUndo } from '../../api/items/undo.ts';
import { Loading } from '../../ui/loading.tsx';
import { sayDone, sayFailed } from '../../ui/notify.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './undo.module.css';
import { UndoneLines } from './undone-lines.tsx';
import type { TabFacts } from './use-tab-facts.ts';

/** A run, or a visit with the name of its stage. */
export type UndoneThing = { readonly name: string } & ({ readonly run: number } | { readonly visit: number });

interface UndoDialogProps {
  readonly itemId: number;
  readonly thing: UndoneThing;
  readonly facts: TabFacts;
  readonly onClose: () => void;
}

/** What will be taken back, and plainly what not and why, before it is done. */
export function UndoDialog({ itemId, thing, facts, onClose }: UndoDialogProps) {
  const { t } = useTranslation('automation');
  const [moveBack, setMoveBack] = useState(false);
  const [overwrite, setOverwrite] = useState<readonly string[]>([]);
  const what: Undoable = 'run' in thing ? { run: thing.run } : { visit: thing.visit, moveBack };
  const wish = { item: itemId, what, overwrite };
  const { data, error, isFetching } = useQuery({ ...undoQuery(wish), placeholderData: (before) => before });
  const undo = useUndo(itemId);
  const take = () =>
    undo.mutate(wish, {
      onSuccess: (undone) => {
        sayDone(saidDone(undone, t));
        onClose();
      },
      onError: sayFailed,
    });
  return (
    <Dialog close={onClose} title={t('visit' in thing ? 'undo.ofVisit' : 'undo.ofRun', { name: thing.name })} size="lg">
      <Stack gap="sm" className={styles.dialog}>
        {error && <ErrorNote error={error} />}
        {!error && data === undefined && <Loading />}
        {data && <Foretold undone={data} facts={facts} overwrite={overwrite} onOverwrite={setOverwrite} />}
        {'visit' in thing && (
          <Checkbox
            label={t('undo.moveBack')}
            checked={moveBack}
            onChange={({ currentTarget }) => setMoveBack(currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('copy.cancel')}
          </Button>
          <Button
            onClick={take}
            loading={undo.isPending}
            disabled={data === undefined || isFetching || (countBack(data.data) === 0 && data.cancelled === 0)}
          >
            {t('undo.take')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface ForetoldProps {
  readonly undone: Undone;
  readonly facts: TabFacts;
  readonly overwrite: readonly string[];
  readonly onOverwrite: (codes: readonly string[]) => void;
}

function Foretold({ undone: { data, cancelled }, facts, overwrite, onOverwrite }: ForetoldProps) {
  const { t } = useTranslation('automation');
  const back = data.filter(({ takenBack }) => takenBack);
  const stays = data.filter(({ takenBack }) => !takenBack);
  return (
    <>
      {back.length > 0 && (
        <section aria-label={t('undo.back')}>
          <h3 className={styles.heading}>{t('undo.back')}</h3>
          <UndoneLines lines={back} facts={facts} overwrite={overwrite} onOverwrite={onOverwrite} />
        </section>
      )}
      {stays.length > 0 && (
        <section aria-label={t('undo.stays')}>
          <h3 className={styles.heading}>{t('undo.stays')}</h3>
          <UndoneLines lines={stays} facts={facts} overwrite={overwrite} onOverwrite={onOverwrite} />
        </section>
      )}
      {back.length === 0 && cancelled === 0 && (
        <Text size="sm">{t(data.length > 0 ? 'undo.nothing' : 'undo.nothingLeft')}</Text>
      )}
      {cancelled > 0 && <Text size="sm">{t('undo.cancelled', { count: cancelled })}</Text>}
      <Text size="xs" c="dimmed">
        {t('undo.quiet')}
      </Text>
    </>
  );
}

/** What there is none of is not counted out. */
function saidDone({ data, cancelled }: Undone, t: TFunction<'automation'>): string {
  const back = countBack(data);
  const stays = data.length - back;
  return [
    ...(back > 0 ? [t('undo.done', { back })] : []),
    ...(stays > 0 ? [t('undo.doneStays', { stays })] : []),
    ...(cancelled > 0 ? [t('undo.cancelled', { count: cancelled })] : []),
  ].join(' ');
}

const countBack = (lines: readonly UndoneLine[]) => lines.filter(({ takenBack }) => takenBack).length;
