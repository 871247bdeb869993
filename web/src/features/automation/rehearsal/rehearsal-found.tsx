import { Alert, Badge, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RehearsalResult, RehearsedItem } from '../../../api/automation/rehearsal.ts';
import { ownName } from '../../../controls/definitions.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { groupBy } from '../../../controls/group-by.ts';
import { RunGraph, Ties } from '../../../controls/run-graph/run-graph.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './rehearsal.module.css';

interface RehearsalFoundProps {
  readonly result: RehearsalResult;
  readonly items: readonly RehearsedItem[];
}

const figures = ['moves', 'recordedMoves', 'touched', 'differing', 'movesBack', 'doublesTotal'] as const;

/** What a rehearsal found, beside what happened in truth. */
export function RehearsalFound({ result, items }: RehearsalFoundProps) {
  const { t } = useTranslation('rehearsal');
  const format = useFormat();
  return (
    <>
      <Text size="sm">
        {t('found.seen', { signals: format.number(result.signals), items: format.number(result.items) })}
      </Text>
      <dl className={styles.figures}>
        {figures.map((name) => (
          <div key={name} className={styles.figure}>
            <dt>{t(`figures.${name}`)}</dt>
            <dd>{format.number(result[name])}</dd>
          </div>
        ))}
      </dl>
      {result.leftOut.length > 0 && (
        <Alert color="yellow" title={t('found.leftOut', { count: result.leftOut.length })}>
          {t('found.leftOutText')}
        </Alert>
      )}
      <Doubles result={result} />
      <Rules result={result} />
      <Items items={items} all={Math.max(result.touched, result.differing)} />
    </>
  );
}

const MOST_DOUBLES = 10;

function Doubles({ result: { doubles, doublesTotal } }: { readonly result: RehearsalResult }) {
  const { t } = useTranslation('rehearsal');
  const format = useFormat();
  if (doubles.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {t('found.doubles')}
      </Title>
      {doublesTotal > MOST_DOUBLES && (
        <Text size="sm" mb={6}>
          {t('found.first', { shown: format.number(MOST_DOUBLES), all: format.number(doublesTotal) })}
        </Text>
      )}
      <ul className={styles.list}>
        {doubles.slice(0, MOST_DOUBLES).map(({ client, day, count, items }) => (
          <li key={`${client.kind} ${client.id} ${day}`} className={styles.line}>
            <Text size="sm">
              <b>{client.name}</b> · {format.date(`${day}T12:00:00`)} · {t('found.messages', { count })}
            </Text>
            <Group gap={8}>
              {items.map((id) => (
                <TextLink key={id} size="sm" to="/items/$item" params={{ item: String(id) }}>
                  #{id}
                </TextLink>
              ))}
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rules({ result: { rules } }: { readonly result: RehearsalResult }) {
  const { t } = useTranslation('rehearsal');
  if (rules.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {t('found.rules')}
      </Title>
      <Text size="xs" c="dimmed" mb={6}>
        {t('found.rulesText')}
      </Text>
      {[...groupBy(rules, ({ stage }) => stage.code)].map(([code, ofStage]) => (
        <StageRules key={code} rules={ofStage} />
      ))}
    </section>
  );
}

/** In the order in which they run. */
function StageRules({ rules }: { readonly rules: readonly RehearsalResult['rules'][number][] }) {
  const { t } = useTranslation('rehearsal');
  const { language } = useFormFacts();
  const nameOf = (wanted: string) => {
    const found = rules.find(({ id }) => id === wanted);
    return found === undefined ? wanted : ownName({ lane: 'rule', key: found.key }, found.name, language);
  };
  const ordered = rules.map((rule) => ({ ...rule, rule: rule.id }));
  return (
    <div className={styles.stage}>
      <Text size="sm" fw={550}>
        {rules[0]?.stage.name}
      </Text>
      <RunGraph rules={ordered}>
        {(one) => (
          <li key={one.id} className={styles.line}>
            <Text size="sm">
              {nameOf(one.id)} · {t('found.times', { count: one.times })}
            </Text>
            <Ties rule={one} rules={ordered} nameOf={nameOf} />
          </li>
        )}
      </RunGraph>
    </div>
  );
}

interface ItemsProps {
  readonly items: readonly RehearsedItem[];
  readonly all: number;
}

function Items({ items, all }: ItemsProps) {
  const { t } = useTranslation('rehearsal');
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {t('found.items')}
      </Title>
      {items.length === 0 && <Text size="sm">{t('found.none')}</Text>}
      {items.length < all && (
        <Text size="sm" mb={6}>
          {t('found.first', { shown: format.number(items.length), all: format.number(all) })}
        </Text>
      )}
      <ul className={styles.list}>
        {items.map((item) => (
          <ItemLine key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

const MOST_MOVES = 20;

function ItemLine({ item: { id, title, moves, recordedMoves, differs } }: { readonly item: RehearsedItem }) {
  const { t } = useTranslation('rehearsal');
  const { language } = useFormFacts();
  return (
    <li className={styles.line}>
      <Group gap={8} justify="space-between" wrap="nowrap" align="flex-start">
        <TextLink size="sm" to="/items/$item" params={{ item: String(id) }}>
          {title}
        </TextLink>
        {differs && (
          <Badge variant="light" color="gray" tt="none" style={{ flexShrink: 0 }}>
            {t('found.differs')}
          </Badge>
        )}
      </Group>
      {moves.slice(0, MOST_MOVES).map((move) => (
        <Text key={move.signal.id} size="sm">
          {move.from.name} → {move.to.name} · {ownName({ lane: 'trigger', key: move.key }, move.name, language)}
          {move.back && ` · ${t('found.back')}`}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t('found.compared', { count: moves.length, recorded: recordedMoves })}
      </Text>
    </li>
  );
}
