import { Checkbox } from '@mantine/core';
import type { Planned } from '@signalbox/contract/automation/planned.ts';
import { BellRing, Repeat, Send, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useReasonWords } from '../../controls/words/reason-words.tsx';
import { TextLink } from '../../ui/button-link.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { AwaitedCondition } from './awaited-condition.tsx';
import styles from './planned.module.css';
import { useRuleName } from './use-rule-name.ts';

const icons = { run: Workflow, reminder: BellRing, repeat: Repeat, delivery: Send };

interface PlannedLineProps {
  readonly planned: Planned;
  readonly checked: boolean;
  readonly toggle: () => void;
}

/** One that waits: when, what it is, on which item, and what else is to be known before it is moved. */
export function PlannedLine({ planned, checked, toggle }: PlannedLineProps) {
  const { t } = useTranslation('planned');
  const { time, moment } = useFormat();
  const title = useTitle()(planned);
  const { kind, at, responsible, may } = planned;
  const Icon = icons[kind];
  return (
    <li className={styles.line} data-selected={checked || undefined} data-planned={planned.id}>
      <Checkbox
        size="xs"
        aria-label={t('line.select', { name: title })}
        checked={checked}
        disabled={!may.change}
        onChange={toggle}
      />
      {at !== null && (
        <time className={styles.time} dateTime={at} title={moment(at)}>
          {time(at)}
        </time>
      )}
      <span className={styles.icon} role="img" aria-label={t(`kinds.${kind}`)} title={t(`kinds.${kind}`)}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={styles.words}>
        <Title planned={planned} title={title} />
        <Facts planned={planned} />
      </div>
      {responsible && <PersonFace person={responsible} size={22} />}
    </li>
  );
}

function useTitle(): (planned: Planned) => string {
  const { t } = useTranslation('planned');
  const nameOf = useRuleName();
  return ({ kind, rule, task }) => (rule === null ? (task?.title ?? t(`kinds.${kind}`)) : nameOf(rule));
}

/** Leads to what can be seen of it: its task, or its item's Automation tab. */
function Title({ planned: { task, item, kind }, title }: { planned: Planned; title: string }) {
  const shared = { 'data-row-link': true, className: styles.title, size: 'sm', fw: 500 } as const;
  if (task !== null)
    return (
      <TextLink {...shared} to="/tasks/$task" params={{ task: String(task.id) }} search={{ back: '/planned' }}>
        {title}
      </TextLink>
    );
  if (item === null) return <span className={styles.title}>{title}</span>;
  return (
    <TextLink
      {...shared}
      to="/items/$item"
      params={{ item: String(item.id) }}
      search={{ tab: kind === 'run' ? 'automation' : 'timeline' }}
    >
      {title}
    </TextLink>
  );
}

function Facts({ planned }: { planned: Planned }) {
  const { t } = useTranslation('planned');
  const reasonOf = useReasonWords();
  const { item, stage, pipeline, at, waitingFor, condition, behind, movedBy, delivery, kind } = planned;
  const reason = delivery === null ? null : reasonOf({ reason: delivery.reason, error: delivery.error });
  const facts = [
    ...(kind === 'run' && pipeline ? [stage === null ? pipeline.name : `${pipeline.name}: ${stage.name}`] : []),
    ...(at === null && waitingFor !== null && condition === null ? [t(`line.waitsFor.${waitingFor}`)] : []),
    ...(behind > 0 ? [t('line.behind', { count: behind })] : []),
    ...(movedBy === null ? [] : [t('line.movedBy', { name: movedBy.name })]),
    ...(reason === null ? [] : [reason.what]),
  ];
  return (
    <span className={styles.facts}>
      {item !== null && (
        <TextLink to="/items/$item" params={{ item: String(item.id) }} size="xs" c="dimmed" className={styles.item}>
          {item.title}
        </TextLink>
      )}
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {condition !== null && item !== null && (
        <AwaitedCondition condition={condition} type={item.type} hasDeadline={at !== null} />
      )}
    </span>
  );
}
