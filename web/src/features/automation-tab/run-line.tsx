import { ActionIcon } from '@mantine/core';
import { evidenceInWords } from '@signalbox/automation/engine/saying/say-evidence.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import type { Run, RunState } from '@signalbox/contract/automation/runs.ts';
import type { LucideIcon } from 'lucide-react';
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  CircleX,
  Ellipsis,
  Play,
  RefreshCw,
  Undo2,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AutomationBoard } from '../../api/automation/automation.ts';
import { type RunCommand, useRunCommand } from '../../api/items/item-automation.ts';
import { kindName, ownName } from '../../controls/definitions.ts';
import { Ties } from '../../controls/run-graph/run-graph.tsx';
import { useReasonWords } from '../../controls/words/reason-words.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { problemText } from '../../ui/text/problem-text.ts';
import styles from './automation-tab.module.css';
import { sayingFactsOf, useNamesInEvidence } from './saying-facts.ts';
import { UndoButton } from './undo-button.tsx';
import type { TabFacts } from './use-tab-facts.ts';

const signs: Readonly<Record<RunState, LucideIcon>> = {
  waiting: Ellipsis,
  running: CircleDashed,
  done: CircleCheck,
  failed: CircleX,
  skipped: CircleSlash,
  cancelled: CircleAlert,
  uncertain: CircleHelp,
};

interface RunLineProps {
  readonly itemId: number;
  readonly run: Run;
  /** All of its visit. */
  readonly runs: readonly Run[];
  readonly facts: TabFacts;
  readonly readOnly: boolean;
}

/** One rule of a visit: how it stands, when it is planned, what went wrong, and what can be done. */
export function RunLine({ itemId, run, runs, facts, readOnly }: RunLineProps) {
  const { t } = useTranslation('automation');
  const { t: common } = useTranslation();
  const command = useRunCommand(itemId);
  const Sign = run.undone ? Undo2 : signs[run.state];
  const state = run.undone ? t('undo.isBack') : t(`tab.states.${run.state}`);
  const name = nameIn(facts, [run], run.rule);
  return (
    <li
      className={styles.run}
      data-state={run.state}
      data-undone={run.undone !== null || undefined}
      // Takes the focus when what had it is gone, as the button that has taken it back.
      tabIndex={-1}
    >
      <span className={styles.sign} role="img" aria-label={state} title={state}>
        <Sign size={16} aria-hidden />
      </span>
      <span className={styles.runText}>
        <span className={styles.runName}>{name}</span>
        <Told run={run} runs={runs} facts={facts} />
        <Ties rule={run} rules={runs} nameOf={(id) => nameIn(facts, runs, id)} />
        {run.tried !== null && <Tried tried={run.tried} rule={run.key} />}
        {run.undone && <TakenBack undone={run.undone} />}
        {command.isError && (
          <span className={styles.error} role="alert">
            {t('tab.failedAction', { message: problemText(command.error, common) })}
          </span>
        )}
      </span>
      <span className={styles.runActions}>
        {(readOnly ? [] : commandsOf(run.state)).map(({ name, icon: Icon, text }) => (
          <ActionIcon
            key={name}
            size="sm"
            aria-label={`${t(text)}: ${run.name}`}
            title={t(text)}
            loading={command.isPending}
            onClick={() => command.mutate({ id: run.id, command: name })}
          >
            <Icon size={14} />
          </ActionIcon>
        ))}
        {!readOnly && <UndoButton itemId={itemId} thing={{ run: run.id, name }} facts={facts} offered={run.undoable} />}
      </span>
    </li>
  );
}

function TakenBack({ undone: { at, by } }: { undone: NonNullable<Run['undone']> }) {
  const { t } = useTranslation('automation');
  const moment = useFormat().moment(at);
  const text = by === null ? t('undo.took', { at: moment }) : t('undo.tookBy', { at: moment, person: by.name });
  return <span className={styles.told}>{text}</span>;
}

function nameIn({ language }: TabFacts, runs: readonly Run[], rule: string): string {
  const run = runs.find((one) => one.rule === rule);
  return run === undefined ? rule : ownName({ lane: 'rule', key: run.key }, run.name, language);
}

/** The rules that it waits for, by name. */
function awaited({ run: { previous, uses }, runs, facts }: Pick<RunLineProps, 'run' | 'runs' | 'facts'>): string {
  const open = runs.filter(({ rule, endedAt }) => endedAt === null && (rule === previous || uses.includes(rule)));
  return open.map(({ rule }) => nameIn(facts, runs, rule)).join(', ');
}

function Told({ run, runs, facts }: Pick<RunLineProps, 'run' | 'runs' | 'facts'>) {
  const { t } = useTranslation('automation');
  const format = useFormat();
  const words = useReasonWords()({ reason: run.reason, error: run.error, rule: run.key, fields: facts.fields });
  const evidence = isRecord(run.result) ? run.result.because : null;
  const saying = sayingFactsOf(facts, { names: useNamesInEvidence([evidence], facts) });
  const isTrouble = run.state === 'failed' || run.state === 'uncertain';
  if (words !== null)
    return (
      <>
        <span className={isTrouble ? styles.error : styles.told}>{words.what}</span>
        {words.todo !== '' && <span className={styles.told}>{words.todo}</span>}
      </>
    );
  const wait = waitOf(run);
  if (run.state === 'waiting' && wait !== null) {
    const [since, until] = [format.moment(wait.since), format.moment(wait.until)];
    return (
      <>
        <span className={styles.told}>{t('wait.waits', { since, until })}</span>
        {isRecord(evidence) && <span className={styles.told}>{evidenceInWords(evidence, saying)}</span>}
      </>
    );
  }
  if (run.state === 'waiting') {
    const names = awaited({ run, runs, facts });
    const waits =
      names === '' || run.waitingFor !== null
        ? t(`tab.waitsFor.${run.waitingFor ?? 'time'}`)
        : t('graph.waits', { names });
    const told = run.dueAt === null ? waits : t('tab.planned', { at: format.moment(run.dueAt) });
    const by = run.movedBy === null ? told : t('tab.movedBy', { planned: told, name: run.movedBy.name });
    return <span className={styles.told}>{by}</span>;
  }
  if (run.state === 'skipped' && isRecord(evidence))
    return <span className={styles.told}>{evidenceInWords(evidence, saying)}</span>;
  const at = run.endedAt ?? run.startedAt;
  const outcome = outcomeOf(run);
  return (
    <span className={styles.told}>
      {outcome !== undefined && `${t(`wait.outcomes.${outcome}`)} · `}
      {at === null ? t(`tab.states.${run.state}`) : `${t(`tab.states.${run.state}`)}, ${format.moment(at)}`}
      {isLate(run) && run.dueAt !== null && ` (${t('tab.late', { at: format.moment(run.dueAt) })})`}
    </span>
  );
}

/** Since when a run waits for a condition, and until when at most. */
function waitOf({ waitingFor, result }: Run): { readonly since: string; readonly until: string } | null {
  if (waitingFor !== 'condition' || !isRecord(result)) return null;
  const { since, until } = result;
  return typeof since === 'string' && typeof until === 'string' ? { since, until } : null;
}

const outcomes = ['moment', 'past', 'condition', 'deadline', 'asked'] as const;

/** How the wait of a run has ended. */
function outcomeOf({ key, result }: Run): (typeof outcomes)[number] | undefined {
  return key === 'flow/wait' && isRecord(result) ? outcomes.find((one) => one === result.outcome) : undefined;
}

/** What was sent has not arrived yet. */
function Tried({ tried: { reason, nextAt, attempts }, rule }: { tried: NonNullable<Run['tried']>; rule: string }) {
  const { t } = useTranslation('automation');
  const format = useFormat();
  const words = useReasonWords()({ reason, rule });
  return (
    <>
      {words !== null && <span className={styles.error}>{words.what}</span>}
      <span className={styles.told}>{t('tab.triedAgain', { attempts, at: format.moment(nextAt) })}</span>
    </>
  );
}

const LATE_MS = 60_000;

/** It was carried out long after its moment, since nobody had looked (semantics.md 5.1). */
const isLate = ({ dueAt, startedAt, askedBy }: Run) =>
  askedBy === null && dueAt !== null && startedAt !== null && Date.parse(startedAt) - Date.parse(dueAt) >= LATE_MS;

interface Offered {
  readonly name: RunCommand;
  readonly icon: LucideIcon;
  readonly text: 'tab.runNow' | 'tab.cancel' | 'tab.retry';
}

function commandsOf(state: RunState): readonly Offered[] {
  if (state === 'waiting') return [runNow, cancel];
  return state === 'failed' ? [retry] : [];
}

const runNow: Offered = { name: 'run-now', icon: Play, text: 'tab.runNow' };
const cancel: Offered = { name: 'cancel', icon: X, text: 'tab.cancel' };
const retry: Offered = { name: 'retry', icon: RefreshCw, text: 'tab.retry' };

/** A rule of a stage that the item has not been on since the rule is there. */
export function PlannedRule({ rule, language }: { rule: AutomationBoard['rules'][number]; language: Language }) {
  const { t } = useTranslation('automation');
  return (
    <li className={styles.run} data-state="future">
      <span className={styles.sign}>
        <CircleDashed size={16} aria-hidden />
      </span>
      <span className={styles.runText}>
        <span className={styles.runName}>{rule.name ?? kindName({ lane: 'rule', key: rule.do }, language)}</span>
        <span className={styles.told}>{t('tab.notYet')}</span>
      </span>
    </li>
  );
}
