import { useTranslation } from 'react-i18next';

/** The reason that the server gives by its code, in words. */
export function useReason() {
  const { t } = useTranslation('lists');
  return (code: string) => String(t(`reasons.${code}`, { defaultValue: code }));
}
