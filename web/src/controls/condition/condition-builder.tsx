import { Button, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../form-facts.tsx';
import styles from './condition.module.css';
import { ConditionGroup } from './condition-group.tsx';
import { inWords } from './in-words.ts';
import { addNode, blankPart, conditionOf, type GroupNode, treeOf } from './tree.ts';
import { useWords } from './use-words.ts';

interface ConditionBuilderProps {
  readonly value: unknown;
  readonly onChange: (when: unknown) => void;
  readonly error?: string | undefined;
}

/** Nested groups of AND, OR and NOT, and a sentence that reads them back. */
export function ConditionBuilder({ value, onChange, error }: ConditionBuilderProps) {
  const { t } = useTranslation('automation');
  const [tree, setTree] = useState(() => treeOf(value));
  const words = useWords(useFormFacts());
  const sentence = inWords(tree, words);
  const change = (next: GroupNode) => {
    setTree(next);
    onChange(conditionOf(next));
  };
  if (tree.nodes.length === 0) {
    return (
      <div>
        <Text size="xs" c="dimmed">
          {t('condition.always')}
        </Text>
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
