import { Badge, Table } from '@mantine/core';
import type { AuditEntry } from '@signalbox/contract/audit.ts';
import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './audit.module.css';
import { entryInWords, paramText } from './entry-words.ts';

/** A sentence; its details unfold below. */
export function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation(['audit', 'translation']);
  const format = useFormat();
  return (
    <li>
      <details className={styles.row}>
        <summary className={styles.summary}>
          <ChevronRight className={styles.chevron} size={15} aria-hidden />
          <time className={styles.when} dateTime={entry.at}>
            {format.moment(entry.at)}
          </time>
          <span className={styles.sentence}>
            {entryInWords(entry, t)}
            {entry.times > 1 && (
              <Badge ml={8} variant="default" size="sm">
                {t('times', { count: entry.times })}
              </Badge>
            )}
          </span>
        </summary>
        <Details entry={entry} />
      </details>
    </li>
  );
}

function Details({ entry }: { readonly entry: AuditEntry }) {
  const facts = useFacts(entry);
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {entry.changes.length > 0 && <Changes changes={entry.changes} />}
    </div>
  );
}

type Fact = readonly [label: string, value: ReactNode];

function useFacts(entry: AuditEntry): readonly Fact[] {
  const { t } = useTranslation(['audit', 'translation']);
  const format = useFormat();
  const labels: Record<string, string> = t('params', { returnObjects: true });
  const { by, on, rows, times, until } = entry;
  const isExport = entry.kind.endsWith('-exported');
  const told = Object.keys(entry.params).filter((key) => String(entry.params[key]) !== '');
  return [
    ...told.map((key): Fact => [labels[key] ?? key, paramText(entry, key, t)]),
    ...(isExport ? [[t('rows'), rows === null ? t('notOver') : format.number(rows)] satisfies Fact] : []),
    ...(times > 1 ? [[t('last'), format.moment(until)] satisfies Fact] : []),
    ...(by.via === 'rule' && by.person ? [[t('onBehalf'), by.person.name] satisfies Fact] : []),
    ...(on && /^\d+$/.test(on.id) ? [[t('number'), on.id] satisfies Fact] : []),
    ...(by.addresses.length > 0 ? [[t('addresses'), by.addresses.join(', ')] satisfies Fact] : []),
    ...(by.session === null ? [] : [[t('session'), <code key="session">{by.session}</code>] satisfies Fact]),
  ];
}

function Changes({ changes }: Pick<AuditEntry, 'changes'>) {
  const { t } = useTranslation('audit');
  const shown = (text: string | null) => (text === null ? <i>{t('none')}</i> : <bdi>{text}</bdi>);
  return (
    <div className={styles.changes}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field')}</Table.Th>
            <Table.Th>{t('before')}</Table.Th>
            <Table.Th>{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ field, from, to }) => (
            <Table.Tr key={field}>
              <Table.Td>
                <code>{field}</code>
              </Table.Td>
              <Table.Td>{shown(from)}</Table.Td>
              <Table.Td>{shown(to)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
