import { Select, Table } from '@mantine/core';
import type { ImportJob } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import styles from './import.module.css';
import type { SettingsProps } from './settings-props.ts';

interface Props extends SettingsProps {
  readonly stages: ImportJob['stages'];
  readonly target: string;
}

/** Where the texts of the stage column go. */
export function StageTable({ stages, target, settings, set }: Props) {
  const { t } = useTranslation('lists');
  const { data: pipelines = [] } = usePipelines();
  const ofType = pipelines.filter(({ type }) => type === target);
  const pipeline = ofType.find(({ id }) => id === settings.pipeline) ?? ofType[0];
  if (stages.length === 0 || !settings.columns.some(({ to }) => to === 'stage')) return null;
  const options = [
    { value: '+', label: t('import.makeStage') },
    ...(pipeline?.stages ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ];
  return (
    <div className={styles.box}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.stages')}</Table.Th>
            <Table.Th>{t('import.becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stages.map(({ text, rows, guess }) => (
            <Table.Tr key={text}>
              <Table.Td>
                {text} <span className={styles.sample}>({rows})</span>
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={text}
                  allowDeselect={false}
                  data={options}
                  value={settings.stages?.[text] ?? guess}
                  onChange={(code) => set({ stages: { ...settings.stages, [text]: code ?? guess } })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
