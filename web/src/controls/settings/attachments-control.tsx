import { Input, MultiSelect } from '@mantine/core';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, nameOf, shown, textsOf } from '../control.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { idsOf } from '../fields/values.ts';
import { useFormFacts } from '../form-facts.tsx';

/** Files of the item's file fields, and files that are uploaded here; both go. */
export function AttachmentsControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { t: own } = useTranslation('fields');
  const { fields, language } = useFormFacts();
  const { fields: codes, files } = attachmentsOf(shown(props));
  const fileFields = fields
    .filter(({ kind }) => kind === 'file')
    .map((field) => ({ value: field.code, label: nameOf(field, language) }));
  return (
    <Input.Wrapper {...frameOf(props)} labelElement="div">
      {(fileFields.length > 0 || codes.length > 0) && (
        <MultiSelect
          aria-label={own('attach.fromFields')}
          data={[...fileFields, ...codes.filter((code) => fileFields.every(({ value }) => value !== code))]}
          value={codes}
          onChange={(next) => props.onChange({ fields: next, files })}
          placeholder={codes.length === 0 ? t('controls.chooseFileFields') : ''}
          mb={6}
        />
      )}
      <FieldInput
        field={{ kind: 'file', multiple: true }}
        value={files}
        onChange={(next) => props.onChange({ fields: codes, files: idsOf(next) })}
        frame={{ 'aria-label': own('attach.uploaded') }}
      />
    </Input.Wrapper>
  );
}

function attachmentsOf(value: unknown): { fields: string[]; files: number[] } {
  if (!isRecord(value)) return { fields: [], files: [] };
  const files = Array.isArray(value.files) ? value.files.filter((file) => typeof file === 'number') : [];
  return { fields: [...textsOf(value.fields)], files };
}
