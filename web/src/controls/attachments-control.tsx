import { Input, MultiSelect, Pill, Text } from '@mantine/core';
import { isRecord } from '@signalbox/automation/kit/values.ts';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, nameOf, shown, textsOf } from './control.ts';
import { useFormFacts } from './form-facts.tsx';

/** Files of the item's file fields, and files that were chosen by their number. */
export function AttachmentsControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { fields, language } = useFormFacts();
  const { fields: codes, files } = attachmentsOf(shown(props));
  const fileFields = fields
    .filter(({ kind }) => kind === 'file')
    .map((field) => ({ value: field.code, label: nameOf(field, language) }));
  if (fileFields.length === 0 && files.length === 0) {
    return (
      <Input.Wrapper {...frameOf(props)}>
        <Text size="xs" c="dimmed">
          {t('controls.noFileFields')}
        </Text>
      </Input.Wrapper>
    );
  }
  return (
    <div>
      <MultiSelect
        {...frameOf(props)}
        data={fileFields}
        value={codes}
        onChange={(next) => props.onChange({ fields: next, files })}
        placeholder={codes.length === 0 ? t('controls.chooseFileFields') : ''}
      />
      <Pill.Group mt={files.length === 0 ? 0 : 6}>
        {files.map((file) => (
          <Pill
            key={file}
            withRemoveButton
            onRemove={() => props.onChange({ fields: codes, files: files.filter((other) => other !== file) })}
          >
            {t('controls.file', { id: file })}
          </Pill>
        ))}
      </Pill.Group>
    </div>
  );
}

function attachmentsOf(value: unknown): { fields: string[]; files: number[] } {
  if (!isRecord(value)) return { fields: [], files: [] };
  const files = Array.isArray(value.files) ? value.files.filter((file) => typeof file === 'number') : [];
  return { fields: [...textsOf(value.fields)], files };
}
