import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Client, ClientKind } from '../../api/items/clients.ts';
import { PhoneNumber } from '../../controls/phone/phone-number.tsx';
import { TextLink } from '../../ui/button-link.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { useFormat } from '../../ui/text/format.ts';
import styles from './clients.module.css';

export function ClientTable({ kind, clients }: { kind: ClientKind; clients: readonly Client[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.tableBox}>
      <Table highlightOnHover verticalSpacing={8} fz="sm" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name')}</Table.Th>
            <Table.Th>{t('common.email')}</Table.Th>
            <Table.Th className={styles.wide}>{t('common.phone')}</Table.Th>
            <Table.Th className={styles.wide}>{t('clients.responsible')}</Table.Th>
            <Table.Th className={styles.wide}>{t('clients.since')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clients.map(({ id, name, emails, phones, responsible, createdAt }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <TextLink
                  to="/clients/$kind/$client"
                  params={{ kind, client: String(id) }}
                  search={(before) => ({ q: before.q })}
                  fw={600}
                  size="sm"
                >
                  {name}
                </TextLink>
              </Table.Td>
              <Table.Td className={styles.address}>{emails.join(', ')}</Table.Td>
              <Table.Td className={styles.wide}>
                {phones.map((phone) => (
                  <div key={phone}>
                    <PhoneNumber number={phone} />
                  </div>
                ))}
              </Table.Td>
              <Table.Td className={styles.wide}>{responsible && <PersonFace person={responsible} />}</Table.Td>
              <Table.Td className={styles.wide}>{format.date(createdAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
