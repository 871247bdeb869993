import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { operatorsOf } from '@signalbox/automation/kit/conditions/operator-kinds.ts';
import { type Operator, operators } from '@signalbox/automation/kit/conditions/operators.ts';
import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { CaseSensitive, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../form-facts.tsx';
import { groupBy } from '../group-by.ts';
import styles from './condition.module.css';
import { ConditionValue } from './condition-value.tsx';
import { operatorKeys } from './operator-keys.ts';
import type { PartNode } from './tree.ts';
import { variableOf } from './use-words.ts';

interface ConditionRowProps {
  readonly part: PartNode;
  readonly onChange: (part: PartNode | null) => void;
}

const clock: readonly Operator[] = ['time of day', 'weekday', 'working time'];
const byCase: readonly Operator[] = [
  'equals',
  'not equals',
  'in',
  'not in',
  'contains',
  'does not contain',
  'starts with',
  'matches',
];
const free: FieldSpec = { code: '', kind: 'text', name: '', custom: false };

export function ConditionRow({ part, onChange }: ConditionRowProps) {
  const { t } = useTranslation('automation');
  const facts = useFormFacts();
  const field = variableOf(facts, part.field)?.field ?? free;
  const known = part.field === 'now' ? clock : askable(field);
  const setField = (path: string | null) => {
    const next = path === 'now' ? clock : askable(variableOf(facts, path ?? '')?.field ?? free);
    onChange({
      ...part,
      field: path ?? '',
      is: next.includes(part.is) ? part.is : (next[0] ?? 'equals'),
      value: undefined,
    });
  };
  const setOperator = (is: string | null) =>
    onChange({
      ...part,
      is: operators.find((one) => one === is) ?? part.is,
      value: sameShape(part.is, is) ? part.value : undefined,
    });
  return (
    <div className={styles.row}>
      <Select
        aria-label={t('condition.field')}
        placeholder={t('condition.field')}
        data={fieldsOf(facts.variables, t('condition.time'), t('condition.now'))}
        value={part.field === '' ? null : part.field}
        onChange={setField}
        searchable
        limit={300}
        maxDropdownHeight={320}
        size="xs"
        allowDeselect={false}
      />
      <Select
        aria-label={t('condition.operator')}
        data={known.map((is) => ({ value: is, label: t(`condition.operators.${operatorKeys[is]}`) }))}
        value={part.is}
        onChange={setOperator}
        size="xs"
        allowDeselect={false}
      />
      <ActionIcon size="sm" aria-label={t('condition.removePart')} onClick={() => onChange(null)}>
        <X size={15} />
      </ActionIcon>
      <div className={styles.value}>
        <div className={styles.editor}>
          <ConditionValue
            field={field}
            is={part.is}
            value={part.value}
            onChange={(value) => onChange({ ...part, value })}
          />
        </div>
        {byCase.includes(part.is) && fieldKindOf[field.kind].freeText === 'letters' && (
          <MatchCase part={part} onChange={onChange} />
        )}
      </div>
    </div>
  );
}

function MatchCase({ part, onChange }: ConditionRowProps) {
  const { t } = useTranslation('automation');
  return (
    <Tooltip label={t('condition.matchCase')}>
      <ActionIcon
        aria-label={t('condition.matchCase')}
        aria-pressed={part.matchCase}
        variant={part.matchCase ? 'filled' : 'default'}
        onClick={() => onChange({ ...part, matchCase: !part.matchCase })}
      >
        <CaseSensitive size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

const askable = (field: FieldSpec) => operatorsOf(field.kind);

const shapes: readonly (readonly Operator[])[] = [
  ['equals', 'not equals', 'greater', 'at least', 'less', 'at most'],
  ['in', 'not in'],
  ['contains', 'does not contain', 'starts with', 'matches'],
  ['within last', 'within next'],
];

const sameShape = (one: Operator, other: string | null) =>
  shapes.some((shape) => shape.includes(one) && shape.some((is) => is === other));

function fieldsOf(variables: ReturnType<typeof useFormFacts>['variables'], time: string, now: string) {
  const groups = groupBy(variables, ({ group }) => group);
  const ofFacts = [...groups].map(([group, names]) => ({
    group,
    items: names.map(({ path, label }) => ({ value: path.replace(/^item\./, ''), label })),
  }));
  return [...ofFacts, { group: time, items: [{ value: 'now', label: now }] }];
}
