import type { TFunction } from 'i18next';
import { createContext, type ReactNode, use } from 'react';
import { useTranslation } from 'react-i18next';

type BoardTexts = TFunction<'automation'>;
const Texts = createContext<BoardTexts | null>(null);

/** The texts of the board for all of its cards: each `useTranslation` costs a card as much as drawing it, and it has six. */
export function BoardTextsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('automation');
  return <Texts value={t}>{children}</Texts>;
}

export function useBoardTexts(): BoardTexts {
  const texts = use(Texts);
  if (texts === null) throw new Error('a card stands outside the board');
  return texts;
}
