import type { PlannedRule } from '@signalbox/contract/automation/planned.ts';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { plannedRulesQuery } from '../../api/automation/planned.ts';
import { groupBy } from '../../controls/group-by.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { goByArrows } from '../../ui/hooks/go-by-arrows.ts';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { useFormat } from '../../ui/text/format.ts';
import styles from './planned.module.css';
import { useRuleName } from './use-rule-name.ts';

/** More are not counted. */
const MOST = 1_000;

/** Which rules have runs that wait, how many, and when the next one comes; a rule leads to its runs. */
export function RulesView() {
  const { t } = useTranslation('planned');
  const { data, error, refetch } = useQuery(plannedRulesQuery);
  const pipelines = groupBy(data ?? [], ({ pipeline }) => String(pipeline.id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside
    <div className={styles.days} onKeyDown={goByArrows}>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!data && !error && <Loading lines={8} />}
      {data?.length === 0 && <EmptyState icon={CalendarClock} title={t('empty.title')} text={t('empty.text')} />}
      {[...pipelines.values()].map((rules) => (
        <OfPipeline key={rules[0]?.pipeline.id} rules={rules} />
      ))}
    </div>
  );
}

function OfPipeline({ rules }: { rules: readonly PlannedRule[] }) {
  const { t } = useTranslation('planned');
  const [first] = rules;
  if (first === undefined) return null;
  const { id, name, type } = first.pipeline;
  return (
    <section className={styles.group} aria-label={name}>
      <header className={styles.groupHead}>
        <h2 className={styles.groupName}>
          <TextLink
            to="/automation/$type/$pipeline"
            params={{ type, pipeline: String(id) }}
            inherit
            title={t('rules.open', { pipeline: name })}
          >
            {name}
          </TextLink>
        </h2>
      </header>
      <ul className={styles.lines}>
        {rules.map((one) => (
          <RuleLine key={one.rule.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function RuleLine({ one: { pipeline, rule, count, next } }: { one: PlannedRule }) {
  const { t } = useTranslation('planned');
  const { moment, number } = useFormat();
  const nameOf = useRuleName();
  const many = count !== null && count > MOST ? t('rules.more', { count: MOST }) : number(count ?? 0);
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <TextLink
          data-row-link
          className={styles.title}
          size="sm"
          fw={500}
          from="/planned"
          to="/planned"
          search={{ show: 'days', pipeline: pipeline.id, rule: rule.id }}
        >
          {nameOf(rule)}
        </TextLink>
        {next !== null && <span className={styles.facts}>{`${t('rules.next')}: ${moment(next)}`}</span>}
      </div>
      {count !== null && <span className={styles.count}>{`${t('rules.waiting')}: ${many}`}</span>}
    </li>
  );
}
