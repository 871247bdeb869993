import { ActionIcon, Button, Group, Select } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './condition.module.css';
import { ConditionRow } from './condition-row.tsx';
import { addNode, blankPart, changeNode, type GroupNode, isGroup, joins } from './tree.ts';

interface ConditionGroupProps {
  readonly root: GroupNode;
  readonly group: GroupNode;
  readonly onChange: (root: GroupNode) => void;
  readonly depth: number;
}

const DEEPEST = 6;

export function ConditionGroup({ root, group, onChange, depth }: ConditionGroupProps) {
  const { t } = useTranslation('automation');
  const join = (next: string | null) => {
    const chosen = joins.find((known) => known === next) ?? 'all';
    onChange(changeNode(root, group.id, (node) => (isGroup(node) ? { ...node, join: chosen } : node)));
  };
  return (
    <fieldset className={styles.group} data-join={group.join} aria-label={t('condition.group')}>
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('condition.join')}
          size="xs"
          data={joins.map((value) => ({ value, label: t(`condition.joins.${value}`) }))}
          value={group.join}
          onChange={join}
          allowDeselect={false}
          w={230}
        />
        {depth > 0 && (
          <ActionIcon
            ml="auto"
            aria-label={t('condition.removeGroup')}
            onClick={() => onChange(changeNode(root, group.id, () => null))}
          >
            <X size={16} />
          </ActionIcon>
        )}
      </Group>
      {group.nodes.map((node) =>
        isGroup(node) ? (
          <ConditionGroup key={node.id} root={root} group={node} onChange={onChange} depth={depth + 1} />
        ) : (
          <ConditionRow
            key={node.id}
            part={node}
            onChange={(next) => onChange(changeNode(root, node.id, () => next))}
          />
        ),
      )}
      <Group gap={6}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Plus size={13} />}
          onClick={() => onChange(addNode(root, group.id, blankPart(crypto.randomUUID())))}
        >
          {t('condition.addPart')}
        </Button>
        {depth < DEEPEST && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<Plus size={13} />}
            onClick={() => onChange(addNode(root, group.id, blankGroup()))}
          >
            {t('condition.addGroup')}
          </Button>
        )}
      </Group>
    </fieldset>
  );
}

const blankGroup = (): GroupNode => ({ id: crypto.randomUUID(), join: 'any', nodes: [blankPart(crypto.randomUUID())] });
