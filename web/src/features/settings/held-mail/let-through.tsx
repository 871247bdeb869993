import { Button, Group } from '@mantine/core';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useTranslation } from 'react-i18next';
import { useDecideHeld } from '../../../api/items/held-mail.ts';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';

/** What was taken for a machine's: why, and whether a person wrote it after all. */
export function LetThrough({ letter: { id, classification, evidence } }: { readonly letter: Email }) {
  const { t } = useTranslation('mail');
  const { mutate: decide, error, isPending } = useDecideHeld();
  if (classification === 'person') return null;
  const isFlood = classification === 'flood';
  const seen = evidence.filter(({ weight }) => weight > 0).map(({ detail }) => detail);
  return (
    <>
      <p className={styles.why}>
        {[t(`taken.${classification}`), ...(isFlood || seen.length === 0 ? [] : [seen.slice(0, 4).join(' · ')])].join(
          ': ',
        )}
      </p>
      <ErrorNote error={error} />
      <Group gap="xs" mt="xs">
        <Button size="xs" loading={isPending} onClick={() => decide({ id, decision: 'let' })}>
          {t('let')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isPending}
          onClick={() => decide({ id, decision: 'let', always: true })}
        >
          {t('always')}
        </Button>
        <Button size="xs" variant="default" disabled={isPending} onClick={() => decide({ id, decision: 'keep' })}>
          {t(isFlood ? 'leave' : 'keep')}
        </Button>
      </Group>
    </>
  );
}
