import { Button, Checkbox } from '@mantine/core';
import type { Planned } from '@signalbox/contract/automation/planned.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plannedQuery } from '../../api/automation/planned.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { goByArrows } from '../../ui/hooks/go-by-arrows.ts';
import { useNow } from '../../ui/hooks/use-now.ts';
import { dayOf, daysBetween, startOf } from '../../ui/inputs/days.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { type Group, grouped } from './grouped.ts';
import styles from './planned.module.css';
import { PlannedBar } from './planned-bar.tsx';
import { PlannedLine } from './planned-line.tsx';
import type { PlannedView } from './use-planned-view.ts';

/** What waits, day below day; many at once are run, moved or cancelled. */
export function DaysView({ view }: { view: PlannedView }) {
  const { t } = useTranslation('planned');
  const now = useNow();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery(plannedQuery(view.filter));
  const all = query.data?.pages.flatMap(({ data }) => data) ?? [];
  // What went out of sight by a change or a filter is not changed unseen.
  const chosen = all.filter(({ id }) => selected.has(id));
  const found = view.isNarrowed
    ? (['empty.found', 'empty.foundText'] as const)
    : (['empty.title', 'empty.text'] as const);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside */}
      <div className={styles.days} onKeyDown={goByArrows}>
        <ErrorNote error={query.error} retry={() => void query.refetch()} />
        {!query.data && !query.error && <Loading lines={8} />}
        {query.data && all.length === 0 && <EmptyState icon={CalendarClock} title={t(found[0])} text={t(found[1])} />}
        {grouped(all, now).map((group) => (
          <Day key={group.name} group={group} selected={selected} onSelect={setSelected} now={now} />
        ))}
        {query.hasNextPage && (
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common.loadMore', { ns: 'translation' })}
          </Button>
        )}
      </div>
      {chosen.length > 0 && <PlannedBar chosen={chosen} clear={() => setSelected(new Set())} />}
    </>
  );
}

interface DayProps {
  readonly group: Group;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly now: Date;
}

function Day({ group: { name, planned }, selected, onSelect, now }: DayProps) {
  const { t } = useTranslation('planned');
  const label = useDayWords()(name, now);
  const changeable = planned.filter(({ may }) => may.change).map(({ id }) => id);
  const chosen = changeable.filter((id) => selected.has(id));
  const isWhole = changeable.length > 0 && chosen.length === changeable.length;
  const without = (ids: readonly string[]) => [...selected].filter((id) => !ids.includes(id));
  const toggle = ({ id }: Planned) => onSelect(new Set(selected.has(id) ? without([id]) : [...selected, id]));
  return (
    <section className={styles.group} data-group={name} aria-label={label}>
      <header className={styles.groupHead}>
        <Checkbox
          size="xs"
          aria-label={t('line.selectDay', { day: label })}
          checked={isWhole}
          indeterminate={!isWhole && chosen.length > 0}
          disabled={changeable.length === 0}
          onChange={() => onSelect(new Set(isWhole ? without(changeable) : [...selected, ...changeable]))}
        />
        <h2 className={styles.groupName}>{label}</h2>
        <span className={styles.count}>{planned.length}</span>
      </header>
      <ul className={styles.lines}>
        {planned.map((one) => (
          <KeptApart key={one.id} id={`${one.id} ${one.at}`} as="li">
            <PlannedLine planned={one} checked={selected.has(one.id)} toggle={() => toggle(one)} />
          </KeptApart>
        ))}
      </ul>
    </section>
  );
}

function useDayWords(): (name: string, now: Date) => string {
  const { t } = useTranslation('planned');
  const { language } = useFormat();
  return (name, now) => {
    if (name === 'now' || name === 'none') return t(`days.${name}`);
    const days = daysBetween(dayOf(now), name);
    if (days === 0) return t('days.today');
    if (days === 1) return t('days.tomorrow');
    const isThisYear = name.startsWith(String(now.getFullYear()));
    const form = { weekday: 'long', day: 'numeric', month: 'long' } as const;
    return new Intl.DateTimeFormat(language, isThisYear ? form : { ...form, year: 'numeric' }).format(startOf(name));
  };
}
