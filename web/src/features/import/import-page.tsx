import { FileInput, Select } from '@mantine/core';
import { standardTypes } from '@signalbox/contract/common.ts';
import type { ImportJob } from '@signalbox/contract/imports.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSmartProcesses, useTypeNames } from '../../api/items/item-types.ts';
import { importQuery, uploadImport } from '../../api/workspace/imports.ts';
import { useMay } from '../../api/workspace/may.ts';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './import.module.css';
import { Mapping } from './mapping.tsx';
import { Progressing } from './progressing.tsx';

/** File, mapping, preview, progress, result; the address keeps which import it is. */
export function ImportPage() {
  const { t } = useTranslation('lists');
  const { id } = useSearch({ from: '/signed-in/import/$target' });
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('import.title')}</h1>
      {id === undefined ? <ChooseFile /> : <Import id={id} />}
    </div>
  );
}

function ChooseFile() {
  const { t } = useTranslation(['lists', 'translation']);
  const { target } = useParams({ from: '/signed-in/import/$target' });
  const { pipeline } = useSearch({ from: '/signed-in/import/$target' });
  const navigate = useNavigate({ from: '/import/$target' });
  const names = useTypeNames();
  const may = useMay();
  const all = [...standardTypes, ...useSmartProcesses().map(({ code }) => code), 'contact', 'company'];
  const targets = all.filter(may.importInto);
  const upload = useMutation({
    mutationFn: (file: File) =>
      uploadImport(file, { target, pipeline: pipeline === undefined ? undefined : String(pipeline) }),
    onSuccess: ({ id }) => navigate({ search: (before) => ({ ...before, id }) }),
  });
  if (targets.length === 0) return <p>{t('translation:problem.codes.no-import')}</p>;
  return (
    <>
      <Select
        label={t('import.target')}
        maw={320}
        allowDeselect={false}
        data={targets.map((one) => ({ value: one, label: names.many(one) }))}
        value={target}
        onChange={(chosen) => chosen && void navigate({ params: { target: chosen }, search: {} })}
      />
      <FileInput
        label={t('import.file')}
        placeholder={t('import.choose')}
        accept=".csv,.tsv,.txt,text/csv"
        maw={320}
        disabled={upload.isPending || !may.importInto(target)}
        onChange={(file) => file && upload.mutate(file)}
      />
      {upload.isPending && <Loading lines={3} />}
      <ErrorNote error={upload.error} retry={() => upload.reset()} />
    </>
  );
}

function Import({ id }: { id: number }) {
  const { data: job, error, refetch } = useQuery(importQuery(id));
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!job) return <Loading lines={6} />;
  return <Step job={job} />;
}

const Step = ({ job }: { job: ImportJob }) =>
  job.state === 'draft' ? <Mapping job={job} /> : <Progressing job={job} />;
