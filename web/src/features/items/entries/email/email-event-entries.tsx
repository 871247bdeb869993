import { Eye, MailX, MousePointerClick } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EntryFrame } from '../entry-frame.tsx';
import type { EntryProps } from '../entry-props.ts';

/** The moment in which the client opened an e-mail or followed a link in it. */
export function EmailEventEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  const clicked = entry.kind === 'email-clicked';
  const { url } = entry;
  const subject = entry.text || t('email.noSubject');
  return (
    <EntryFrame
      icon={clicked ? MousePointerClick : Eye}
      name={t(`timeline.kinds.${clicked ? 'email-clicked' : 'email-opened'}`)}
      at={entry.at}
      author={null}
    >
      {t(clicked ? 'timeline.clicked' : 'timeline.opened', { subject })}
      {typeof url === 'string' && `: ${url}`}
    </EntryFrame>
  );
}

export function BouncedEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  return (
    <EntryFrame icon={MailX} name={t('timeline.kinds.email-bounced')} at={entry.at} author={null} tone="fail">
      {t('email.bounced')}: {entry.text}
    </EntryFrame>
  );
}
