import { Button } from '@mantine/core';
import type { Run } from '@signalbox/contract/automation/runs.ts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { itemRunsQuery } from '../../api/items/item-automation.ts';
import { groupBy } from '../../controls/group-by.ts';
import { RunGraph } from '../../controls/run-graph/run-graph.tsx';
import { readableOn } from '../../ui/color.ts';
import styles from './automation-tab.module.css';
import { PlannedRule, RunLine } from './run-line.tsx';
import { UndoButton } from './undo-button.tsx';
import type { TabFacts } from './use-tab-facts.ts';

interface StageRunsProps {
  readonly itemId: number;
  /** Where the item stands now. */
  readonly stage: string;
  readonly facts: TabFacts;
  /** For who may not change the item. */
  readonly readOnly: boolean;
}

/** The stages left to right, each with its rules and how far they got in the item's last visit there. */
export function StageRuns({ itemId, stage, facts, readOnly }: StageRunsProps) {
  const { t } = useTranslation('automation');
  const query = useSuspenseInfiniteQuery(itemRunsQuery(itemId));
  const runs = groupBy(
    query.data.pages.flatMap(({ data }) => data),
    (run) => run.stage?.code ?? '',
  );
  const { rules } = facts.board;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>(`[data-code="${CSS.escape(stage)}"]`);
    // Sideways only: scrollIntoView would take the whole card along.
    if (list.current && here)
      list.current.scrollLeft =
        here.offsetLeft - list.current.offsetLeft - (list.current.clientWidth - here.offsetWidth) / 2;
  }, [stage]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard too */}
      <ol ref={list} className={styles.stages} aria-label={t('tab.rules')} tabIndex={0}>
        {facts.stages.map(({ code, name, color }) => (
          <li
            key={code}
            className={styles.stage}
            data-code={code}
            data-here={code === stage || undefined}
            tabIndex={-1}
          >
            <h4 className={styles.stageHead} style={{ '--stage': color, '--on-stage': readableOn(color) }}>
              {name}
            </h4>
            <div className={styles.stageTold}>
              {code === stage && <p className={styles.here}>{t('tab.here')}</p>}
              {!readOnly && (
                <UndoVisit itemId={itemId} name={name} runs={lastVisit(runs.get(code) ?? [])} facts={facts} />
              )}
            </div>
            <Rules
              itemId={itemId}
              runs={lastVisit(runs.get(code) ?? [])}
              rules={rules.filter((rule) => rule.stage === code && rule.enabled !== false)}
              facts={facts}
              readOnly={readOnly}
            />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          {t('log.more')}
        </Button>
      )}
    </>
  );
}

interface UndoVisitProps extends Pick<RulesProps, 'itemId' | 'runs' | 'facts'> {
  readonly name: string;
}

/** All rules of the item's last visit there at once. */
function UndoVisit({ itemId, name, runs, facts }: UndoVisitProps) {
  const [first] = runs;
  if (first === undefined) return null;
  const offered = runs.some(({ undoable }) => undoable);
  return <UndoButton itemId={itemId} thing={{ visit: first.visit, name }} facts={facts} offered={offered} />;
}

interface RulesProps {
  readonly itemId: number;
  readonly runs: readonly Run[];
  readonly rules: TabFacts['board']['rules'];
  readonly facts: TabFacts;
  /** For who may not change the item. */
  readonly readOnly: boolean;
}

function Rules({ itemId, runs, rules, facts, readOnly }: RulesProps) {
  const { t } = useTranslation('automation');
  if (runs.length === 0 && rules.length === 0) return <p className={styles.quiet}>{t('tab.noRules')}</p>;
  return runs.length > 0 ? (
    <RunGraph rules={runs}>
      {(run) => <RunLine key={run.id} itemId={itemId} run={run} runs={runs} facts={facts} readOnly={readOnly} />}
    </RunGraph>
  ) : (
    <PlannedRules rules={rules} facts={facts} />
  );
}

/** As they stand on the board, for no visit has planned them yet. */
function PlannedRules({ rules, facts }: Pick<RulesProps, 'rules' | 'facts'>) {
  const ordered = rules.map((rule, place) => ({
    ...{ rule: String(place), uses: [], card: rule },
    previous: rule.order === 'after previous' && place > 0 ? String(place - 1) : null,
  }));
  return (
    <RunGraph rules={ordered}>
      {({ card }) => <PlannedRule key={card.id} rule={card} language={facts.language} />}
    </RunGraph>
  );
}

/** The list is newest visit first: those of its first one. */
const lastVisit = (runs: readonly Run[]) => runs.filter(({ visit }) => visit === runs[0]?.visit);
