import { useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { StageTitle } from '../../../controls/pipelines/stage-title.tsx';
import { readableOn } from '../../../ui/color.ts';
import { useScreen } from '../editing/screen.tsx';
import styles from './board.module.css';
import { useBoardTexts } from './board-texts.tsx';

interface StageHeaderProps {
  readonly code: string;
  readonly name: string;
  readonly color: string;
  /** How many items stand here now. */
  readonly items: number | undefined;
}

/** The coloured arrow on top of a column. */
export const StageHeader = memo(function StageHeader({ code, name, color, items }: StageHeaderProps) {
  const t = useBoardTexts();
  const screen = useScreen();
  const { pipeline } = useParams({ from: '/signed-in/automation/$type/$pipeline' });
  return (
    <div className={styles.header} style={{ '--stage': color, '--on-stage': readableOn(color) }}>
      <StageTitle pipeline={Number(pipeline)} code={code} name={name} className={styles.stageName}>
        {items !== undefined && (
          <span className={styles.items} title={t('board.items', { count: items })}>
            {items}
          </span>
        )}
      </StageTitle>
      {!screen.readOnly && (
        <button
          type="button"
          className={styles.add}
          aria-label={t('board.addTo', { stage: name })}
          title={t('board.addTo', { stage: name })}
          onClick={() => screen.openCatalogue(code, 'all')}
        >
          <Plus size={16} />
        </button>
      )}
    </div>
  );
});
