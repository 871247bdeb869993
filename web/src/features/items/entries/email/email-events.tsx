import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../ui/text/format.ts';
import styles from './email-entry.module.css';

/** Each open and click with what speaks for a person or a machine. */
export function EmailEvents({ email }: { email: Email }) {
  const { t } = useTranslation();
  const { t: told } = useTranslation('automation');
  const format = useFormat();
  const words: Record<string, string> = told('evidence', { returnObjects: true });
  const others = email.fetchCount - email.events.reduce((sum, { times }) => sum + times, 0);
  return (
    <ul className={styles.events}>
      {others > 0 && <li>{t('email.moreEvents', { count: others })}</li>}
      {email.events.map(({ id, kind, url, at, machine, counted, userAgent, evidence, times, lastAt }) => (
        <li key={id}>
          <div className={styles.eventHead}>
            <span>{t(`email.event.${kind}.${whoDid(machine, counted)}`)}</span>
            <span>{format.moment(at)}</span>
          </div>
          {times > 1 && <div>{t('email.eventTimes', { count: times, last: format.moment(lastAt) })}</div>}
          {url && <div>{url}</div>}
          <ul className={styles.evidence}>
            {userAgent && <li>{userAgent}</li>}
            {evidence.map(({ what, weight, detail }) => (
              <li key={what}>
                {words[camel(what)] ?? detail} ({weight > 0 ? `+${weight}` : weight})
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

// `address-scanner` -> `addressScanner`, as the texts are named.
const camel = (text: string) => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function whoDid(machine: boolean, counted: boolean): 'machine' | 'person' | 'ignored' {
  if (machine) return 'machine';
  return counted ? 'person' : 'ignored';
}
