import { Select } from '@mantine/core';
import { type Grants, grantsOf, type RoleRights, rightVerbs } from '@signalbox/contract/people/rights.ts';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { useSmartProcesses, useTypeNames } from '../../../api/items/item-types.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { fieldProblem } from '../../../ui/text/problem-text.ts';
import type { PartProps } from './areas.tsx';
import { MatrixRow } from './matrix-row.tsx';
import styles from './roles.module.css';

type Items = RoleRights['items'];

/** What may be done to items and clients, and how far. */
export function Matrix({ rights, readOnly, error, onChange }: PartProps) {
  const { t } = useTranslation('rights');
  const { t: common } = useTranslation();
  const names = useTypeNames();
  const { data: pipelines = [] } = usePipelines();
  const { items, clients } = rights;
  const setItems = (change: Partial<Items>) => onChange({ ...rights, items: { ...items, ...change } });
  const row = (path: string) => ({ readOnly, error: fieldProblem(error, `rights.${path}`, common) });
  return (
    <Panel title={t('matrix.title')}>
      <p className={styles.note}>{t('matrix.intro')}</p>
      <div className={styles.matrix}>
        <div className={styles.headRow} aria-hidden>
          <span />
          {rightVerbs.map((verb) => (
            <span key={verb}>{t(`matrix.verbs.${verb}`)}</span>
          ))}
          <span />
        </div>
        <MatrixRow
          {...row('items.all')}
          name={t('matrix.all')}
          hint={t('matrix.allHint')}
          value={items.all}
          onChange={(all) => setItems({ all })}
        />
        {Object.entries(items.types).map(([type, value]) => (
          <MatrixRow
            key={type}
            {...row(`items.types.${type}`)}
            name={names.many(type)}
            hint={t('matrix.typeHint')}
            value={value}
            onChange={(next) => setItems({ types: { ...items.types, [type]: next } })}
            onRemove={() => setItems({ types: without(items.types, type) })}
          />
        ))}
        {Object.entries(items.pipelines).map(([id, value]) => {
          const pipeline = pipelines.find((one) => String(one.id) === id);
          return (
            <MatrixRow
              key={id}
              {...row(`items.pipelines.${id}`)}
              name={pipeline?.name ?? `#${id}`}
              hint={pipeline ? t('matrix.pipelineHint', { type: names.many(pipeline.type) }) : t('matrix.unknown')}
              value={value}
              onChange={(next) => setItems({ pipelines: { ...items.pipelines, [id]: next } })}
              onRemove={() => setItems({ pipelines: without(items.pipelines, id) })}
            />
          );
        })}
        {!readOnly && <AddRow items={items} onChange={setItems} />}
        <MatrixRow
          {...row('clients')}
          name={t('matrix.clients')}
          hint={t('matrix.clientsHint')}
          value={clients}
          onChange={(next) => onChange({ ...rights, clients: next })}
        />
      </div>
    </Panel>
  );
}

function without(rows: Readonly<Record<string, Grants>>, name: string): Record<string, Grants> {
  return Object.fromEntries(Object.entries(rows).filter(([one]) => one !== name));
}

const standard = ['lead', 'deal', 'quote', 'invoice'];

/** A row begins as what counted there before. */
function AddRow({ items, onChange }: { readonly items: Items; readonly onChange: (change: Partial<Items>) => void }) {
  const { t } = useTranslation('rights');
  const names = useTypeNames();
  const types = [...standard, ...useSmartProcesses().map(({ code }) => code)];
  const { data: pipelines = [] } = usePipelines();
  const ofTypes = types
    .filter((type) => items.types[type] === undefined)
    .map((type) => ({ value: `type ${type}`, label: names.many(type) }));
  const ofPipelines = pipelines
    .filter(({ id }) => items.pipelines[id] === undefined)
    .map(({ id, type, name }) => ({ value: `pipeline ${id}`, label: `${names.many(type)}: ${name}` }));
  const add = (chosen: string | null) => {
    const [kind, of = ''] = chosen?.split(' ') ?? [];
    const pipeline = pipelines.find(({ id }) => String(id) === of);
    if (kind === 'type') onChange({ types: { ...items.types, [of]: items.all } });
    if (kind === 'pipeline' && pipeline)
      onChange({ pipelines: { ...items.pipelines, [of]: grantsOf(items, { type: pipeline.type }) } });
  };
  return (
    <Select
      className={styles.addRow}
      aria-label={t('matrix.other')}
      placeholder={t('matrix.other')}
      leftSection={<Plus size={15} />}
      data={[
        { group: t('matrix.types'), items: ofTypes },
        { group: t('matrix.pipelines'), items: ofPipelines },
      ]}
      value={null}
      onChange={add}
      searchable
    />
  );
}
