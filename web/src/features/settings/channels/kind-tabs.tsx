import { channelKindIcons, channelKindTexts } from '@signalbox/automation/channels/kinds.ts';
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
  const texts = channelKindTexts[parseLanguage(i18n.language)];
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
          <DefinitionIcon name={channelKindIcons[one]} size={16} /> {texts[one].name}
        </Link>
      ))}
    </nav>
  );
}
