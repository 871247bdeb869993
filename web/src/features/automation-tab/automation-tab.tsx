import { Button, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CircleStop, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStopAutomation } from '../../api/items/item-automation.ts';
import { itemQuery } from '../../api/items/items.ts';
import { useMay } from '../../api/workspace/may.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import styles from './automation-tab.module.css';
import { DecisionLog } from './decision-log.tsx';
import { StageRuns } from './stage-runs.tsx';
import { useTabFacts } from './use-tab-facts.ts';

/** What automation did and will do to one item: the decision log, then its rules stage by stage. */
export function AutomationTab({ itemId }: { itemId: number }) {
  const { t } = useTranslation('automation');
  const { data: item } = useSuspenseQuery(itemQuery(itemId));
  const facts = useTabFacts(item.type, item.pipeline);
  const mayChange = useMay().item(item, 'change');
  return (
    <div className={styles.tab}>
      <DecisionLog itemId={itemId} facts={facts} />
      <section aria-label={t('tab.rules')}>
        <Group justify="space-between" mb="xs" gap="xs">
          <h3 className={styles.heading} style={{ margin: 0 }}>
            {t('tab.rules')}
          </h3>
          <Group gap="xs">
            {mayChange && <Stop itemId={itemId} />}
            <ButtonLink
              to="/automation/$type/$pipeline"
              params={{ type: item.type, pipeline: String(item.pipeline) }}
              size="compact-sm"
              variant="default"
              leftSection={<Workflow size={14} />}
            >
              {t('tab.open')}
            </ButtonLink>
          </Group>
        </Group>
        <StageRuns itemId={itemId} stage={item.stage} facts={facts} readOnly={!mayChange} />
      </section>
    </div>
  );
}

function Stop({ itemId }: { itemId: number }) {
  const { t } = useTranslation('automation');
  const stop = useStopAutomation(itemId);
  return (
    <>
      {stop.isSuccess && (
        <Text size="xs" c="dimmed" role="status">
          {t('tab.stopped')}
        </Text>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<CircleStop size={14} />}
        loading={stop.isPending}
        onClick={() => stop.mutate()}
      >
        {t('tab.stop')}
      </Button>
    </>
  );
}
