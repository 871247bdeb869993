import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import type { ClientKind } from '../../api/items/clients.ts';
import { useTypeNames } from '../../api/items/item-types.ts';
import { clientItemsQuery } from '../../api/items/items.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panels/panel.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { Money } from '../../ui/text/money.tsx';
import styles from './clients.module.css';

/** Everything in the CRM that is tied to this client. */
export function ClientItems({ kind, id }: { kind: ClientKind; id: number }) {
  const { t } = useTranslation();
  const names = useTypeNames();
  const { data: items, error } = useQuery(clientItemsQuery(kind, id));
  const { data: pipelines = [] } = usePipelines();
  const colorOf = (pipeline: number, code: string) =>
    pipelines.find((one) => one.id === pipeline)?.stages.find((stage) => stage.code === code)?.color;

  return (
    <Panel title={t('clients.items')}>
      <ErrorNote error={error} />
      {!items && !error && <Loading lines={2} />}
      {items?.length === 0 && <span className={styles.stage}>{t('clients.noItems')}</span>}
      <ul className={styles.items}>
        {items?.map((item) => (
          <li key={item.id} className={styles.item}>
            <span className={styles.itemTitle}>
              <TextLink
                size="sm"
                to="/board/$type/$pipeline/items/$item"
                params={{ type: item.type, pipeline: String(item.pipeline), item: String(item.id) }}
              >
                {item.title}
              </TextLink>{' '}
              · {names.one(item.type)}
            </span>
            <Money amount={item.amount} currency={item.currency} />
            <span className={styles.stage} style={{ '--stage': colorOf(item.pipeline, item.stage) ?? '#868e96' }}>
              {item.stageName}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
