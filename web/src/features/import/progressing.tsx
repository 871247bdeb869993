import { Button, Progress, Table } from '@mantine/core';
import type { ImportJob } from '@signalbox/contract/imports.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { downloadConfirmed } from '../../api/transport/download.ts';
import { cancelImport, importQuery, noted } from '../../api/workspace/imports.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import styles from './import.module.css';
import { useReason } from './use-reason.ts';

const states = ['created', 'updated', 'skipped', 'refused'] as const;

/** How far the import is; at its end what became of the rows. */
export function Progressing({ job }: { job: ImportJob }) {
  const { t } = useTranslation('lists');
  const reason = useReason();
  const client = useQueryClient();
  const { target } = useParams({ from: '/signed-in/import/$target' });
  const cancel = useMutation({
    mutationFn: () => cancelImport(job.id),
    onSuccess: (ended) => client.setQueryData(importQuery(job.id).queryKey, ended),
  });
  const running = job.state === 'running';
  const text = running
    ? t('import.running', { done: job.done, all: job.rows })
    : t(job.state === 'done' ? 'import.finished' : 'import.cancelled');
  return (
    <>
      <strong role="status">{text}</strong>
      <Progress value={(job.done / Math.max(job.rows, 1)) * 100} animated={running} aria-label={text} />
      <Table maw={480} withRowBorders={false} verticalSpacing={3}>
        <Table.Tbody>
          {states.map((state) => (
            <Table.Tr key={state}>
              <Table.Td>{t(`results.${state}`)}</Table.Td>
              <Table.Td>{job.results[state] ?? 0}</Table.Td>
            </Table.Tr>
          ))}
          {Object.entries(job.reasons).map(([code, count]) => (
            <Table.Tr key={code} c="dimmed">
              <Table.Td>{reason(code)}</Table.Td>
              <Table.Td>{count}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <div className={styles.actions}>
        {running && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('import.cancel')}
          </Button>
        )}
        {!running && (Object.keys(job.reasons).length > 0 || job.done < job.rows) && (
          <Button component="a" href={noted(job.id)} onClick={downloadConfirmed} download variant="light">
            {t('import.badRows')}
          </Button>
        )}
        {!running && <Open target={target} />}
        {!running && (
          <ButtonLink to="/import/$target" params={{ target }} search={{}} variant="default">
            {t('import.another')}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

/** To where the rows are now. */
function Open({ target }: { readonly target: string }) {
  const { t } = useTranslation('lists');
  const { pipeline } = useSearch({ from: '/signed-in/import/$target' });
  const { data: pipelines = [] } = usePipelines();
  const ofType = pipelines.filter(({ type }) => type === target);
  const chosen = ofType.find(({ id }) => id === pipeline) ?? ofType[0];
  if (target === 'contact' || target === 'company')
    return (
      <ButtonLink to="/clients/$kind" params={{ kind: target }}>
        {t('import.open')}
      </ButtonLink>
    );
  return chosen === undefined ? null : (
    <ButtonLink to="/list/$type/$pipeline" params={{ type: target, pipeline: String(chosen.id) }}>
      {t('import.open')}
    </ButtonLink>
  );
}
