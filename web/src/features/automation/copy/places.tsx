import { useTranslation } from 'react-i18next';
import type { StageOption } from '../../../controls/form-facts.tsx';
import { StageSelect } from '../../../controls/settings/chooser-controls.tsx';
import type { Places as StagePlaces } from '../model/sent-cards.ts';

interface Stage {
  readonly code: string;
  readonly name: string;
  readonly color: string | null;
}

interface PlacesProps {
  readonly from: readonly StageOption[];
  readonly there: readonly Stage[];
  readonly places: StagePlaces;
  /** All to one stage, wherever they stand now. */
  readonly together: boolean;
  readonly onChange: (places: StagePlaces) => void;
}

const GREY = '#868e96';

/** To which stage the cards go: one for all on the same board, one for each stage that they leave on another. */
export function Places({ from, there, places, together, onChange }: PlacesProps) {
  const { t } = useTranslation('automation');
  const stages = there.map(({ code, name, color }) => ({ code, name, color: color ?? GREY }));
  const [first] = from;
  if (first === undefined) return null;
  if (together || from.length === 1) {
    const all = (to: string) => onChange(Object.fromEntries(from.map(({ code }) => [code, to])));
    return <StageSelect label={t('copy.stage')} stages={stages} value={places[first.code] ?? ''} onChange={all} />;
  }
  return from.map(({ code, name }) => (
    <StageSelect
      key={code}
      label={t('copy.stageFor', { stage: name })}
      stages={stages}
      value={places[code] ?? ''}
      onChange={(to) => onChange({ ...places, [code]: to })}
    />
  ));
}
