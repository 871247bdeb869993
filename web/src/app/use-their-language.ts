import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect } from 'react';
import { useMe } from '../api/workspace/me.ts';
import { speak } from '../i18n/i18n.ts';

/** Changes the language in place when the person chose another in another tab or on another machine. */
export function useTheirLanguage() {
  const { language, languageChosen } = useMe();
  const client = useQueryClient();
  useEffect(() => {
    if (!languageChosen || i18next.language === language) return;
    // The server words some answers too, names of fields among them.
    void speak(language).then(() => client.invalidateQueries());
  }, [language, languageChosen, client]);
}
