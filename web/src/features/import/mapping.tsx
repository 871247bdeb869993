import { Button, Radio, Select, Table } from '@mantine/core';
import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import { fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import type { Field } from '@signalbox/contract/fields.ts';
import type { ImportJob, ImportSettingsBody } from '@signalbox/contract/imports.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useFields } from '../../api/items/fields.ts';
import { importQuery, previewImport, startImport } from '../../api/workspace/imports.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './import.module.css';
import { Preview } from './preview.tsx';

/** What each column becomes, what happens to dirty rows, and whether rules run; then a preview, then the start. */
export function Mapping({ job }: { job: ImportJob }) {
  const { t } = useTranslation('lists');
  const { pipeline } = useSearch({ from: '/signed-in/import/$target' });
  const client = useQueryClient();
  const [settings, setSettings] = useState<ImportSettingsBody>(() => firstSettings(job, pipeline));
  const preview = useMutation({
    mutationFn: () => previewImport(job.id, settings),
    onSuccess: ({ stages }) => addStages(stages),
  });
  const start = useMutation({
    mutationFn: () => startImport(job.id, settings),
    onSuccess: (started) => client.setQueryData(importQuery(job.id).queryKey, started),
  });
  const set = (change: Partial<ImportSettingsBody>) => {
    setSettings({ ...settings, ...change });
    preview.reset();
  };
  const addStages = (stages: ImportJob['stages']) =>
    setSettings((before) => ({ ...before, stages: { ...stagesOf(stages), ...before.stages } }));
  const isItem = job.target !== 'contact' && job.target !== 'company';
  return (
    <>
      <ColumnTable job={job} settings={settings} set={set} />
      {isItem && (
        <StageTable stages={preview.data?.stages ?? job.stages} target={job.target} settings={settings} set={set} />
      )}
      <Choices isItem={isItem} settings={settings} set={set} />
      {preview.data && <Preview job={job} preview={preview.data} />}
      <ErrorNote error={preview.error ?? start.error} retry={() => preview.mutate()} />
      <div className={styles.actions}>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('import.preview')}
        </Button>
        {preview.data && (
          <Button loading={start.isPending} onClick={() => start.mutate()}>
            {t('import.start', { rows: job.rows })}
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

interface PartProps {
  readonly settings: ImportSettingsBody;
  readonly set: (change: Partial<ImportSettingsBody>) => void;
}

const itemTargets = {
  key: 'key',
  title: 'title',
  amount: 'amount',
  currency: 'currency',
  stage: 'stage',
  responsible: 'responsible',
  createdAt: 'createdAt',
  'contact.name': 'contactName',
  'contact.key': 'contactKey',
  'contact.email': 'contactEmail',
  'contact.phone': 'contactPhone',
  'company.name': 'companyName',
  'company.key': 'companyKey',
} as const;
const clientTargets = {
  key: 'key',
  name: 'name',
  email: 'email',
  phone: 'phone',
  responsible: 'responsible',
  createdAt: 'createdAt',
} as const;
const contactTargets = {
  ...clientTargets,
  firstName: 'firstName',
  lastName: 'lastName',
  'company.name': 'companyName',
  'company.key': 'companyKey',
} as const;
const stored = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'];

// Clients have no standard fields in the list; items have all of those that are seen.
const isUnseen = (fields: readonly Field[], code: string) =>
  fields.length > 0 && !fields.some((field) => field.code === code);

function useTargets(target: ImportJob['target']) {
  const { t } = useTranslation('lists');
  const { data: fields = [] } = useFields(target);
  const table = target === 'contact' ? contactTargets : target === 'company' ? clientTargets : itemTargets;
  const own = fields.filter(({ custom, code, limit }: Field) => limit === null && (custom || stored.includes(code)));
  const held = new Set(fields.flatMap(({ code, limit }) => (limit === null ? [] : [code])));
  const isHeld = (to: string) =>
    to !== 'title' && (held.has(to.replace(/\..*$/, '')) || (to === 'amount' && isUnseen(fields, to)));
  return [
    { value: '', label: t('import.leaveOut') },
    { value: 'new', label: t('import.newField') },
    ...Object.entries(table)
      .filter(([value]) => !isHeld(value))
      .map(([value, key]) => ({ value, label: t(`targets.${key}`) })),
    ...own.map(({ code, name }) => ({ value: code, label: name })),
  ];
}

function ColumnTable({ job, settings, set }: PartProps & { job: ImportJob }) {
  const { t } = useTranslation('lists');
  const targets = useTargets(job.target);
  const choose = (column: number, to: string) =>
    set({
      columns: settings.columns.map((one) =>
        one.column === column ? { ...one, to } : one.to === to && to !== '' && to !== 'new' ? { ...one, to: '' } : one,
      ),
    });
  return (
    <div className={styles.box}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.column')}</Table.Th>
            <Table.Th>{t('import.becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {job.columns.map(({ header, samples, guess: { column } }) => (
            <Table.Tr key={column}>
              <Table.Td>
                {header}
                <div className={styles.sample}>{samples.join(' · ')}</div>
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={header}
                  searchable
                  allowDeselect={false}
                  data={targets}
                  value={settings.columns.find((one) => one.column === column)?.to ?? ''}
                  onChange={(to) => choose(column, to ?? '')}
                />
                {settings.columns.some((one) => one.column === column && one.to === 'new') && (
                  <KindOfNew header={header} column={column} settings={settings} set={set} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const newKinds = fieldKinds.filter((kind) => fieldKindOf[kind].fromColumn);

/** What a column that becomes a new field holds: the guess gives way to whoever knows better. */
function KindOfNew({ header, column, settings, set }: PartProps & { header: string; column: number }) {
  const { t } = useTranslation(['lists', 'translation']);
  const choose = (kind: (typeof newKinds)[number]) =>
    set({ columns: settings.columns.map((one) => (one.column === column ? { ...one, kind } : one)) });
  return (
    <Select
      mt={4}
      aria-label={t('import.kindOf', { name: header })}
      allowDeselect={false}
      data={newKinds.map((kind) => ({ value: kind, label: t(`fields.kinds.${kind}`, { ns: 'translation' }) }))}
      value={settings.columns.find((one) => one.column === column)?.kind ?? 'text'}
      onChange={(value) => choose(newKinds.find((kind) => kind === value) ?? 'text')}
    />
  );
}

type StageTableProps = PartProps & { readonly stages: ImportJob['stages']; readonly target: string };

function StageTable({ stages, target, settings, set }: StageTableProps) {
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

function Choices({ isItem, settings, set }: PartProps & { isItem: boolean }) {
  const { t } = useTranslation('lists');
  const duplicates = ['skip', 'update', 'make'] as const;
  return (
    <div className={styles.choices}>
      <Radio.Group label={t('import.duplicates')} value={settings.duplicates ?? 'skip'}>
        {duplicates.map((one) => (
          <Radio key={one} mt={6} value={one} label={t(`import.${one}`)} onChange={() => set({ duplicates: one })} />
        ))}
      </Radio.Group>
      <Radio.Group label={t('import.badCells')} value={settings.badCells ?? 'refuse'}>
        <Radio mt={6} value="refuse" label={t('import.refuse')} onChange={() => set({ badCells: 'refuse' })} />
        <Radio mt={6} value="empty" label={t('import.leaveEmpty')} onChange={() => set({ badCells: 'empty' })} />
      </Radio.Group>
      {isItem && (
        <Radio.Group
          maw={360}
          label={t('import.rules')}
          description={t('import.rulesNote')}
          value={settings.runRules ? 'run' : 'no'}
        >
          <Radio mt={6} value="no" label={t('import.noRules')} onChange={() => set({ runRules: false })} />
          <Radio mt={6} value="run" label={t('import.runRules')} onChange={() => set({ runRules: true })} />
        </Radio.Group>
      )}
    </div>
  );
}
