import { VisuallyHidden } from '@mantine/core';
import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chainsOf, type Ordered } from './chains.ts';
import styles from './run-graph.module.css';

interface RunGraphProps<T extends Ordered> {
  readonly rules: readonly T[];
  /** The list item of one rule. */
  readonly children: (rule: T) => ReactNode;
}

/** Rules of one visit in the order in which they run: chains from top to bottom, what runs at the same time forked off one line. */
export function RunGraph<T extends Ordered>({ rules, children }: RunGraphProps<T>) {
  const { t } = useTranslation('automation');
  const chains = chainsOf(rules);
  const isForked = chains.length > 1;
  return (
    <>
      {isForked && <p className={styles.parallel}>{t('graph.parallel', { count: chains.length })}</p>}
      <ul className={styles.graph} data-forked={isForked || undefined}>
        {chains.map((chain) => (
          <li key={chain[0]?.rule} className={styles.branch}>
            <ol className={styles.chain}>{chain.map(children)}</ol>
          </li>
        ))}
      </ul>
    </>
  );
}

interface TiesProps {
  readonly rule: Ordered;
  readonly rules: readonly Ordered[];
  readonly nameOf: (id: string) => string;
}

/** What a rule comes after, which the line beside it shows, and whose results it uses. */
export function Ties({ rule: { previous, uses }, rules, nameOf }: TiesProps) {
  const { t } = useTranslation('automation');
  const isHere = (id: string) => rules.some(({ rule }) => rule === id);
  const used = uses.filter(isHere);
  return (
    <>
      {previous !== null && isHere(previous) && (
        <VisuallyHidden>{t('graph.after', { name: nameOf(previous) })}</VisuallyHidden>
      )}
      {used.length > 0 && (
        <span className={styles.uses}>
          <Link2 size={12} aria-hidden />
          <span>{t('graph.uses', { names: used.map(nameOf).join(', ') })}</span>
        </span>
      )}
    </>
  );
}
