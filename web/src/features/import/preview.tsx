import { Alert, Table } from '@mantine/core';
import type { ImportJob, ImportPreview } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import styles from './import.module.css';
import { useReason } from './use-reason.ts';

/** The first rows as they would come in; what can't be read is shown as it is, with the reason. */
export function Preview({ job, preview }: { job: ImportJob; preview: ImportPreview }) {
  const { t } = useTranslation('lists');
  const reason = useReason();
  const shown = job.columns.flatMap(({ header }, column) =>
    preview.rows.some(({ values, problems }) => values[column] || problems.some((one) => one.column === column))
      ? [{ header, column }]
      : [],
  );
  return (
    <>
      <Alert color={preview.withProblems === 0 ? 'green' : 'yellow'} role="status">
        {preview.withProblems === 0
          ? t('import.noProblems')
          : t('import.problems', { count: preview.withProblems, all: preview.checkedRows })}
        {preview.checkedRows < job.rows && (
          <div>{t('import.checked', { checked: preview.checkedRows, all: job.rows })}</div>
        )}
        {Object.entries(preview.reasons).map(([code, count]) => (
          <div key={code}>
            {reason(code)}: {count}
          </div>
        ))}
      </Alert>
      <div className={styles.box}>
        <Table verticalSpacing={4} fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.outcome')}</Table.Th>
              {shown.map(({ header, column }) => (
                <Table.Th key={column}>{header}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.map(({ line, outcome, values, problems }) => (
              <Table.Tr key={line}>
                <Table.Td>{outcome !== null && t(`outcomes.${outcome}`)}</Table.Td>
                {shown.map(({ column }) => {
                  const problem = problems.find((one) => one.column === column);
                  return (
                    <Table.Td key={column} className={problem && styles.bad}>
                      {problem ? `${problem.text} – ${reason(problem.code)}` : values[column]}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
