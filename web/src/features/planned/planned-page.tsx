import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DaysView } from './days-view.tsx';
import styles from './planned.module.css';
import { PlannedHead } from './planned-head.tsx';
import { RulesView } from './rules-view.tsx';
import { usePlannedView } from './use-planned-view.ts';

const views = { days: DaysView, rules: RulesView };

/** Everything that waits, across items: by day, or by the rules whose runs wait. */
export function PlannedPage() {
  const { t } = useTranslation('planned');
  const view = usePlannedView();
  const View = views[view.show];
  useEffect(() => {
    document.title = `${t('title')} · ${t('shell.product', { ns: 'translation' })}`;
  }, [t]);
  return (
    <div className={styles.page}>
      <PlannedHead view={view} />
      <View view={view} />
    </div>
  );
}
