import { Table } from '@mantine/core';
import type { Currencies } from '@signalbox/contract/currencies.ts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/panels/panel.tsx';
import { useFormat } from '../../../ui/text/format.ts';

/** What was set when and by whom. */
export function RatesHistory({ history }: { readonly history: NonNullable<Currencies['history']> }) {
  const { t } = useTranslation('currencies');
  const format = useFormat();
  return (
    <Panel title={t('history')}>
      <Table.ScrollContainer minWidth={420}>
        <Table fz="sm" verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('since')}</Table.Th>
              <Table.Th>{t('rates')}</Table.Th>
              <Table.Th>{t('by')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {history.map(({ base, rates, since, by }) => (
              <Table.Tr key={since}>
                <Table.Td>{format.moment(since)}</Table.Td>
                <Table.Td>
                  {Object.entries(rates)
                    .map(([code, rate]) => `1 ${code} = ${format.number(Number(rate))} ${base}`)
                    .join(', ') || base}
                </Table.Td>
                <Table.Td>{by?.name}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
