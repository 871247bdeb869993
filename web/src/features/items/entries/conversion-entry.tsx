import { ArrowRightLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../../ui/button-link.tsx';
import { ByRule } from './entries.tsx';
import { EntryFrame } from './entry-frame.tsx';
import type { EntryProps } from './entry-props.ts';

/** On both sides of a conversion, the way to the other. */
export function ConversionEntry({ entry }: EntryProps) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const isDeal = entry.kind === 'converted';
  const other = typeof entry.deal === 'number' ? entry.deal : entry.lead;
  return (
    <EntryFrame
      icon={ArrowRightLeft}
      name={common(`timeline.kinds.${isDeal ? 'converted' : 'made-of-lead'}`)}
      at={entry.at}
      author={entry.author}
    >
      {t(isDeal ? 'convert.madeDeal' : 'convert.madeOf')}{' '}
      <TextLink size="sm" underline="always" to="/items/$item" params={{ item: String(other) }}>
        {String(entry.title)}
      </TextLink>
      {entry.rule && <ByRule rule={entry.rule} />}
    </EntryFrame>
  );
}
