import { channelKindOf } from '@signalbox/automation/channels/index.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DefinitionIcon } from '../../../controls/icon.tsx';
import styles from '../settings.module.css';

/** Every kind of channel has its own address. */
export function KindTabs({ kind }: { readonly kind: ChannelKind }) {
  const { t, i18n } = useTranslation();
  const { back } = useSearch({ strict: false });
  const language = parseLanguage(i18n.language);
  return (
    <nav className={styles.kinds} aria-label={t('channels.kinds')}>
      {channelKind.options.map((one) => (
        <Link
          key={one}
          to="/settings/channels/$kind"
          params={{ kind: one }}
          search={{ back }}
          className={styles.section}
          aria-current={one === kind ? 'page' : undefined}
        >
          <DefinitionIcon name={channelKindOf(one).icon} size={16} /> {channelKindOf(one).strings[language].name}
        </Link>
      ))}
    </nav>
  );
}
