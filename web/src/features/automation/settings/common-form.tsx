import { Input, SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionBuilder } from '../../../controls/condition/condition-builder.tsx';
import { PersonSelect, usePeople } from '../../../controls/settings/people-controls.tsx';
import type { Card, RuleCard, TriggerCard } from '../model/cards.ts';
import { RuleTimeForm } from './rule-time-form.tsx';

interface CommonFormProps<C extends Card = Card> {
  readonly card: C;
  readonly onChange: (card: Card) => void;
  /** By field of the file: `when`, `time`, `as`. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The settings that every trigger, or every rule, has – in the same order for all. */
export function CommonForm({ card, onChange, errors }: CommonFormProps) {
  const { t } = useTranslation('automation');
  return (
    <Stack gap="md">
      {card.lane === 'rule' && <WhenForm card={card} onChange={onChange} errors={errors} />}
      <Part field="when">
        <Input.Label>{t('common.condition')}</Input.Label>
        <ConditionBuilder value={card.when} onChange={(when) => onChange({ ...card, when })} error={errors.when} />
      </Part>
      {card.lane === 'trigger' ? (
        <MoveForm card={card} onChange={onChange} errors={errors} />
      ) : (
        <LeaveForm card={card} onChange={onChange} />
      )}
      <Switch
        label={t('common.enabled')}
        checked={card.enabled}
        onChange={(event) => onChange({ ...card, enabled: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function MoveForm({ card, onChange, errors }: CommonFormProps<TriggerCard>) {
  const { t } = useTranslation('automation');
  const people = usePeople([card.as]);
  return (
    <>
      <Part field="as">
        <PersonSelect
          label={t('common.as')}
          description={t('common.asHint')}
          data={people}
          value={card.as}
          onChange={(as) => onChange({ ...card, as })}
          error={errors.as}
        />
      </Part>
      <Switch
        label={t('common.allowBack')}
        description={t('common.allowBackHint')}
        checked={card.allowBack}
        onChange={(event) => onChange({ ...card, allowBack: event.currentTarget.checked })}
      />
    </>
  );
}

function WhenForm({ card, onChange, errors }: CommonFormProps<RuleCard>) {
  const { t } = useTranslation('automation');
  return (
    <>
      <Part field="time">
        <RuleTimeForm card={card} onChange={onChange} error={errors.time} />
      </Part>
      <Input.Wrapper
        label={t('common.order')}
        description={t(`common.orderHints.${card.order === 'after previous' ? 'after' : 'parallel'}`)}
      >
        <SegmentedControl
          mt={4}
          fullWidth
          size="xs"
          aria-label={t('common.order')}
          data={[
            { value: 'in parallel', label: t('common.parallel') },
            { value: 'after previous', label: t('common.afterPrevious') },
          ]}
          value={card.order}
          onChange={(order) =>
            onChange({ ...card, order: order === 'after previous' ? 'after previous' : 'in parallel' })
          }
        />
      </Input.Wrapper>
    </>
  );
}

function LeaveForm({ card, onChange }: Omit<CommonFormProps<RuleCard>, 'errors'>) {
  const { t } = useTranslation('automation');
  return (
    <Select
      label={t('common.onLeave')}
      data={(['cancel', 'keep'] as const).map((value) => ({ value, label: t(`common.onLeaves.${value}`) }))}
      value={card.onLeave}
      onChange={(next) => onChange({ ...card, onLeave: next === 'keep' ? 'keep' : 'cancel' })}
      allowDeselect={false}
    />
  );
}

function Part({ field, children }: { field: string; children: ReactNode }) {
  return <div data-field={field}>{children}</div>;
}
