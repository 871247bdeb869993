import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface AddressesInputProps {
  readonly value: readonly string[];
  readonly onChange: (addresses: string[]) => void;
  readonly error: string | null;
}

/** Further e-mail addresses by which a colleague is known. */
export function AddressesInput({ value, onChange, error }: AddressesInputProps) {
  const { t } = useTranslation('mail');
  return (
    <TagsInput
      label={t('addresses')}
      description={t('addressesHint')}
      value={[...value]}
      onChange={onChange}
      splitChars={[',', ' ', ';']}
      maxTags={20}
      acceptValueOnBlur
      error={error}
    />
  );
}
