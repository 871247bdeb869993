import { Button, Progress, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAddress } from '../../../api/automation/automation.ts';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { type Draft, savedFile } from '../model/draft.ts';
import { PanelHead } from './panel-head.tsx';
import styles from './rehearsal.module.css';
import { RehearsalFound } from './rehearsal-found.tsx';
import { type RehearsalInput, useRehearsal } from './use-rehearsal.ts';

interface RehearsePanelProps {
  readonly address: BoardAddress;
  readonly draft: Draft;
  readonly onClose: () => void;
}

const choices = [7, 30, 90] as const;

/** What the draft would have done with the signals of the last days. */
export function RehearsePanel({ address, draft, onClose }: RehearsePanelProps) {
  const { t } = useTranslation('rehearsal');
  const [days, setDays] = useState<RehearsalInput['days']>(30);
  const { state, start, cancel } = useRehearsal(address);
  return (
    <div className={styles.panel}>
      <PanelHead title={t('rehearse.title')} text={t('rehearse.text')} onClose={onClose} />
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('rehearse.period')}
          disabled={state.running}
          data={choices.map((count) => ({ value: String(count), label: t('rehearse.days', { count }) }))}
          value={String(days)}
          onChange={(value) => setDays(choices.find((count) => String(count) === value) ?? 30)}
        />
        {state.running ? (
          <Button variant="default" onClick={cancel}>
            {t('rehearse.cancel')}
          </Button>
        ) : (
          <Button onClick={() => void start({ file: savedFile(draft), days })}>{t('rehearse.start')}</Button>
        )}
      </div>
      {state.running && <Going done={state.done} total={state.total} />}
      <ErrorNote error={state.error} />
      {state.result !== null && <RehearsalFound result={state.result} items={state.items} />}
    </div>
  );
}

function Going({ done, total }: { readonly done: number; readonly total: number }) {
  const { t } = useTranslation('rehearsal');
  const format = useFormat();
  return (
    <div role="status">
      <Progress aria-label={t('rehearse.going')} value={total === 0 ? 0 : (100 * done) / total} animated />
      <Text size="sm" c="dimmed" mt={4}>
        {t('rehearse.progress', { done: format.number(done), total: format.number(total) })}
      </Text>
    </div>
  );
}
