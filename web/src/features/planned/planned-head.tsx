import { SegmentedControl, Select } from '@mantine/core';
import { plannedKinds } from '@signalbox/contract/automation/planned.ts';
import { useQuery } from '@tanstack/react-query';
import { CalendarDays, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { plannedRulesQuery } from '../../api/automation/planned.ts';
import { FieldInput } from '../../controls/fields/field-input.tsx';
import { DateField } from '../../ui/inputs/date-field.tsx';
import styles from './planned.module.css';
import { type PlannedView, plannedViews } from './use-planned-view.ts';
import { useRuleName } from './use-rule-name.ts';

const icons = { days: CalendarDays, rules: Workflow };

export function PlannedHead({ view }: { view: PlannedView }) {
  const { t } = useTranslation('planned');
  return (
    <div className={styles.head}>
      <h1 className={styles.heading}>{t('title')}</h1>
      <SegmentedControl
        size="xs"
        aria-label={t('views.name')}
        data={plannedViews.map((name) => ({ value: name, label: <ViewLabel name={name} /> }))}
        value={view.show}
        onChange={(next) => view.look({ show: plannedViews.find((name) => name === next) })}
      />
      {view.show === 'days' && <Filters view={view} />}
    </div>
  );
}

function ViewLabel({ name }: { name: (typeof plannedViews)[number] }) {
  const { t } = useTranslation('planned');
  const Icon = icons[name];
  return (
    <span className={styles.viewLabel}>
      <Icon size={14} aria-hidden /> {t(`views.${name}`)}
    </span>
  );
}

function Filters({ view: { search, look } }: { view: PlannedView }) {
  const { t } = useTranslation('planned');
  const { kind, responsible, from } = search;
  return (
    <>
      <Select
        size="xs"
        className={styles.filter}
        aria-label={t('filters.kind')}
        placeholder={t('filters.anyKind')}
        data={plannedKinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
        value={kind ?? null}
        onChange={(next) => look({ kind: plannedKinds.find((one) => one === next) })}
        clearable
      />
      <PipelineFilter search={search} look={look} />
      <RuleFilter search={search} look={look} />
      <div className={styles.filter}>
        <FieldInput
          field={{ kind: 'person' }}
          value={responsible ?? null}
          onChange={(next) => look({ responsible: typeof next === 'number' ? next : undefined })}
          frame={{ 'aria-label': t('filters.person'), placeholder: t('filters.anyone'), size: 'xs' }}
        />
      </div>
      <DateField
        size="xs"
        className={styles.filter}
        aria-label={t('filters.from')}
        placeholder={t('filters.from')}
        value={from ?? null}
        onChange={(day) => look({ from: day ?? undefined })}
        clearable
      />
    </>
  );
}

type Narrowing = Pick<PlannedView, 'search' | 'look'>;

function PipelineFilter({ search, look }: Narrowing) {
  const { t } = useTranslation('planned');
  const { data: pipelines = [] } = usePipelines();
  if (pipelines.length < 2) return null;
  return (
    <Select
      size="xs"
      className={styles.filter}
      aria-label={t('filters.pipeline')}
      placeholder={t('filters.anyPipeline')}
      data={pipelines.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={search.pipeline === undefined ? null : String(search.pipeline)}
      onChange={(next) => look({ pipeline: next === null ? undefined : Number(next), rule: undefined })}
      searchable
      clearable
    />
  );
}

/** Rules of which something waits. A rule is named by its pipeline and its id. */
function RuleFilter({ search, look }: Narrowing) {
  const { t } = useTranslation('planned');
  const { data: rules = [] } = useQuery(plannedRulesQuery);
  const nameOf = useRuleName();
  const { pipeline, rule } = search;
  const offered = rules.filter((one) => pipeline === undefined || one.pipeline.id === pipeline);
  if (offered.length === 0 && rule === undefined) return null;
  return (
    <Select
      size="xs"
      className={styles.filter}
      aria-label={t('filters.rule')}
      placeholder={t('filters.anyRule')}
      data={offered.map((one) => ({
        value: `${one.pipeline.id} ${one.rule.id}`,
        label: pipeline === undefined ? `${nameOf(one.rule)} · ${one.pipeline.name}` : nameOf(one.rule),
      }))}
      value={rule === undefined ? null : `${pipeline} ${rule}`}
      onChange={(next) => {
        const found = offered.find((one) => next === `${one.pipeline.id} ${one.rule.id}`);
        look({ rule: found?.rule.id, ...(found && { pipeline: found.pipeline.id }) });
      }}
      searchable
      clearable
    />
  );
}
