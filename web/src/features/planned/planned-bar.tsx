import { Button, Group, Stack, Text } from '@mantine/core';
import {
  MAX_PLANNED_AT_ONCE,
  type Planned,
  type PlannedChange,
  type PlannedChanged,
} from '@signalbox/contract/automation/planned.ts';
import { CalendarClock, Play, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePlanned } from '../../api/automation/planned.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { MomentField } from '../../ui/inputs/moment-field.tsx';
import { sayFailed } from '../../ui/notify.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { problemText } from '../../ui/text/problem-text.ts';
import styles from './planned.module.css';

interface PlannedBarProps {
  readonly chosen: readonly Planned[];
  readonly clear: () => void;
}

/** One act for many that wait; each is judged on its own, and what was refused is told. */
export function PlannedBar({ chosen, clear }: PlannedBarProps) {
  const { t } = useTranslation('planned');
  const [asking, setAsking] = useState<'move' | 'cancel' | null>(null);
  const [report, setReport] = useState('');
  const changing = useChangePlanned();
  const say = useReport();
  const ids = chosen.slice(0, MAX_PLANNED_AT_ONCE).map(({ id }) => id);
  const change = (body: PlannedChange) =>
    changing.mutate(body, {
      onSuccess: (answer) => {
        setReport(say(answer));
        setAsking(null);
      },
      ...(body.act !== 'move' && { onError: sayFailed }),
    });
  const movable = chosen.some(({ may }) => may.move);
  return (
    <section className={styles.bar} aria-label={t('bulk.selected', { count: chosen.length })}>
      <strong>{t('bulk.selected', { count: chosen.length })}</strong>
      <Button
        size="xs"
        variant="default"
        leftSection={<Play size={14} />}
        disabled={changing.isPending}
        onClick={() => change({ act: 'run-now', ids })}
      >
        {t('bulk.runNow')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<CalendarClock size={14} />}
        disabled={changing.isPending || !movable}
        onClick={() => setAsking('move')}
      >
        {t('bulk.move')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<X size={14} />}
        disabled={changing.isPending}
        onClick={() => setAsking('cancel')}
      >
        {t('bulk.cancel')}
      </Button>
      <span role="status">{report}</span>
      <Button size="xs" variant="subtle" ml="auto" onClick={clear}>
        {t('bulk.clear')}
      </Button>
      {asking === 'move' && (
        <MoveDialog
          count={ids.length}
          close={() => setAsking(null)}
          busy={changing.isPending}
          error={changing.error}
          move={(at) => change({ act: 'move', ids, at })}
        />
      )}
      {asking === 'cancel' && (
        <CancelDialog
          count={ids.length}
          close={() => setAsking(null)}
          busy={changing.isPending}
          cancel={() => change({ act: 'cancel', ids })}
        />
      )}
    </section>
  );
}

interface AskProps {
  readonly count: number;
  readonly close: () => void;
  readonly busy: boolean;
}

interface MoveDialogProps extends AskProps {
  readonly error: Error | null;
  readonly move: (at: string) => void;
}

function MoveDialog({ count, close, busy, error, move }: MoveDialogProps) {
  const { t } = useTranslation('planned');
  const [at, setAt] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at !== null) move(at);
  };
  return (
    <Dialog title={t('move.title', { count })} close={close}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <MomentField label={t('move.at')} value={at} onChange={setAt} autoFocus />
          <Text size="sm" c="dimmed">
            {t('move.hint')}
          </Text>
          <ErrorNote error={error} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={at === null}>
              {t('bulk.move')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function CancelDialog({ count, close, busy, cancel }: AskProps & { readonly cancel: () => void }) {
  const { t } = useTranslation('planned');
  return (
    <Dialog title={t('cancel.title', { count })} close={close}>
      <Stack gap="sm">
        <Text size="sm">{t('cancel.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel.keep')}
          </Button>
          <DangerButton loading={busy} onClick={cancel} data-autofocus>
            {t('bulk.cancel')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

function useReport(): (answer: PlannedChanged) => string {
  const { t } = useTranslation('planned');
  const { t: common } = useTranslation();
  return ({ done, refused }) => {
    const [first] = refused;
    if (first === undefined) return t('bulk.done', { count: done.length });
    return t('bulk.refused', { done: done.length, refused: refused.length, why: problemText(first, common) });
  };
}
