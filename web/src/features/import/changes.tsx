import { Table } from '@mantine/core';
import type { ImportChange, ImportJob } from '@signalbox/contract/imports.ts';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './import.module.css';
import { useTargets } from './use-targets.ts';

/** The first records that would change: what stands there, and what would. */
export function Changes({ job, changes }: { readonly job: ImportJob; readonly changes: readonly ImportChange[] }) {
  const { t } = useTranslation('lists');
  const targets = useTargets(job.target);
  if (changes.length === 0) return null;
  return (
    <div className={styles.box}>
      <Table verticalSpacing={4} fz="sm" aria-label={t('import.changes')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.changes')}</Table.Th>
            <Table.Th>{t('import.before')}</Table.Th>
            <Table.Th>{t('import.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ line, id, name, fields }) => (
            <Fragment key={`${line} ${id}`}>
              <Table.Tr>
                <Table.Th colSpan={3} scope="rowgroup">
                  {name} <span className={styles.note}>{t('import.line', { line })}</span>
                </Table.Th>
              </Table.Tr>
              {fields.map(({ to, before, after }) => (
                <Table.Tr key={to}>
                  <Table.Td>{targets.find(({ value }) => value === to)?.label ?? to}</Table.Td>
                  <Table.Td className={styles.value}>{before === '' ? '–' : before}</Table.Td>
                  <Table.Td className={styles.value}>{after === '' ? '–' : after}</Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
