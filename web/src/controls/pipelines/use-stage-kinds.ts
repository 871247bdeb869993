import { useTranslation } from 'react-i18next';
import type { StageKind } from './stage-edits.ts';

const kinds: readonly StageKind[] = ['open', 'won', 'lost'];

/** The kinds of stages as choices in the user's words. */
export function useStageKinds() {
  const { t } = useTranslation('pipelines');
  return {
    options: kinds.map((value) => ({ value, label: t(`stages.kinds.${value}`) })),
    readKind: (value: string | null): StageKind => kinds.find((kind) => kind === value) ?? 'open',
  };
}
