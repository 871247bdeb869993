import { Button, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../form-facts.tsx';
import styles from './condition.module.css';
import { ConditionGroup } from './condition-group.tsx';
import { inWords } from './in-words.ts';
import { recordsIn, useNamesOfRecords } from './names-of-records.ts';
import { addNode, blankPart, conditionOf, type GroupNode, treeOf } from './tree.ts';
import { useWords } from './use-words.ts';

interface ConditionBuilderProps {
  readonly value: unknown;
  readonly onChange: (when: unknown) => void;
  readonly error?: string | undefined;
  /** What stands there while there is no condition; left out: that it always holds. */
  readonly whenNone?: string;
}

/** Nested groups of AND, OR and NOT, and a sentence that reads them back. */
export function ConditionBuilder({ value, onChange, error, whenNone }: ConditionBuilderProps) {
  const { t } = useTranslation('automation');
  const [tree, setTree] = useTree(value);
  const facts = useFormFacts();
  const words = useWords(facts, useNamesOfRecords(recordsIn(tree, facts.variables)), t);
  const sentence = inWords(tree, words);
  const change = (next: GroupNode) => onChange(setTree(next));
  if (tree.nodes.length === 0) {
    return (
      <div>
        <Text size="xs" c="dimmed">
          {whenNone ?? t('condition.always')}
        </Text>
        {error !== undefined && (
          <Text size="xs" c="red" role="alert">
            {error}
          </Text>
        )}
        <Button
          mt={4}
          variant="light"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => change(addNode(tree, 'root', blankPart(crypto.randomUUID())))}
        >
          {t('condition.add')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <ConditionGroup root={tree} group={tree} onChange={change} depth={0} />
      {sentence !== '' && (
        <p className={styles.sentence} aria-live="polite">
          {sentence}
        </p>
      )}
      {error !== undefined && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}

interface Shown {
  readonly tree: GroupNode;
  /** The condition as it last came, and as it was last handed out. */
  readonly came: string | undefined;
  readonly went: string | undefined;
}

/** The tree keeps what is not complete yet; a condition that comes from elsewhere, as by undo, is drawn anew. */
function useTree(value: unknown) {
  const now = JSON.stringify(value);
  const [shown, setShown] = useState<Shown>(() => ({ tree: treeOf(value), came: now, went: now }));
  if (shown.came !== now) setShown({ ...shown, came: now, tree: shown.went === now ? shown.tree : treeOf(value) });
  const setTree = (tree: GroupNode): unknown => {
    const condition = conditionOf(tree);
    setShown({ ...shown, tree, went: JSON.stringify(condition) });
    return condition;
  };
  return [shown.tree, setTree] as const;
}
