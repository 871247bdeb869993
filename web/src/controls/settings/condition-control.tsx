import { Input } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConditionBuilder } from '../condition/condition-builder.tsx';
import { type ControlProps, frameOf } from '../control.ts';

/** A condition over the item, as that of a trigger or rule. */
export function ConditionControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { label, description } = frameOf(props);
  return (
    <Input.Wrapper label={label} description={description} descriptionProps={{ mb: 6 }} labelElement="div">
      <ConditionBuilder
        value={props.value ?? null}
        onChange={props.onChange}
        error={props.error}
        whenNone={props.error === undefined ? t('condition.none') : ''}
      />
    </Input.Wrapper>
  );
}
