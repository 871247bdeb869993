import { Input, Switch, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, textsOf } from '../control.ts';
import { ValueEditor } from '../fields/value-editor.tsx';
import { useFormFacts } from '../form-facts.tsx';

/** Values to compare with; typed when one field is chosen beside it, else plain texts. None means any. */
export function FieldValuesControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { fields } = useFormFacts();
  const codes = textsOf(props.siblings.fields);
  const field = codes.length === 1 ? fields.find(({ code }) => code === codes[0]) : undefined;
  if (field === undefined)
    return (
      <TagsInput
        {...frameOf(props)}
        value={[...textsOf(shown(props))]}
        onChange={props.onChange}
        placeholder={textsOf(shown(props)).length === 0 ? t('controls.any') : ''}
      />
    );
  if (field.kind === 'yesNo') return <YesNoOrAny {...props} />;
  return (
    <Input.Wrapper {...frameOf(props)}>
      <ValueEditor field={field} label={props.text.label} value={shown(props)} onChange={props.onChange} many />
    </Input.Wrapper>
  );
}

function YesNoOrAny(props: ControlProps) {
  const { t } = useTranslation('automation');
  const values = Array.isArray(props.value) ? props.value : [];
  const toggle = (value: boolean, on: boolean) =>
    props.onChange(on ? [...values, value] : values.filter((other) => other !== value));
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Switch
        mt={4}
        label={t('controls.yes')}
        checked={values.includes(true)}
        onChange={(event) => toggle(true, event.currentTarget.checked)}
      />
      <Switch
        mt={4}
        label={t('controls.no')}
        checked={values.includes(false)}
        onChange={(event) => toggle(false, event.currentTarget.checked)}
      />
    </Input.Wrapper>
  );
}
