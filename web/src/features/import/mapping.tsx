import { Button } from '@mantine/core';
import type { ImportJob, ImportPreview, ImportSettingsBody } from '@signalbox/contract/imports.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importQuery, previewImport, startImport } from '../../api/workspace/imports.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { Changes } from './changes.tsx';
import { Choices } from './choices.tsx';
import { ColumnTable } from './column-table.tsx';
import styles from './import.module.css';
import { Owners } from './owners.tsx';
import { Preview } from './preview.tsx';
import { Readings } from './readings.tsx';
import { StageTable } from './stage-table.tsx';

/** What each column becomes, what happens to dirty rows, and whether rules run; then a preview, then the start. */
export function Mapping({ job }: { job: ImportJob }) {
  const { t } = useTranslation('lists');
  const { pipeline } = useSearch({ from: '/signed-in/import/$target' });
  const client = useQueryClient();
  const [settings, setSettings] = useState<ImportSettingsBody>(() => firstSettings(job, pipeline));
  const [shown, show] = useState<ImportPreview>();
  const preview = useMutation({
    mutationFn: (wanted: ImportSettingsBody) => previewImport(job.id, wanted),
    onSuccess: (found) => {
      show(found);
      setSettings((before) => ({ ...before, stages: { ...stagesOf(found.stages), ...before.stages } }));
    },
  });
  const start = useMutation({
    mutationFn: () => startImport(job.id, settings),
    onSuccess: (started) => client.setQueryData(importQuery(job.id).queryKey, started),
  });
  const set = (change: Partial<ImportSettingsBody>) => {
    setSettings({ ...settings, ...change });
    show(undefined);
    preview.reset();
  };
  /** What changes nothing of the preview. */
  const keep = (change: Partial<ImportSettingsBody>) => setSettings({ ...settings, ...change });
  /** What is chosen within the preview: it is shown anew. */
  const setAndShow = (change: Partial<ImportSettingsBody>) => {
    setSettings({ ...settings, ...change });
    preview.mutate({ ...settings, ...change });
  };
  const isItem = job.target !== 'contact' && job.target !== 'company';
  return (
    <>
      <ColumnTable job={job} settings={settings} set={set} />
      {isItem && <StageTable stages={shown?.stages ?? job.stages} target={job.target} settings={settings} set={set} />}
      <Choices isItem={isItem} home={job.locale} settings={settings} set={set} />
      {shown && <Readings job={job} readings={shown.readings} settings={settings} set={setAndShow} />}
      {shown && <Owners job={job} unknown={shown.unknownOwners} settings={settings} set={keep} />}
      {shown && <Changes job={job} changes={shown.changes} />}
      {shown && <Preview job={job} preview={shown} />}
      <ErrorNote error={preview.error ?? start.error} retry={() => preview.mutate(settings)} />
      <div className={styles.actions}>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(settings)}>
          {t('import.preview')}
        </Button>
        {shown && (
          <Button loading={start.isPending} disabled={preview.isPending} onClick={() => start.mutate()}>
            {t('import.start', { count: job.rows })}
          </Button>
        )}
      </div>
    </>
  );
}

const stagesOf = (stages: ImportJob['stages']) => Object.fromEntries(stages.map(({ text, guess }) => [text, guess]));

const firstSettings = (job: ImportJob, pipeline: number | undefined): ImportSettingsBody => ({
  columns: job.columns.map(({ guess }) => guess),
  stages: stagesOf(job.stages),
  duplicates: 'skip',
  badCells: 'refuse',
  runRules: false,
  ...(pipeline !== undefined && { pipeline }),
});
