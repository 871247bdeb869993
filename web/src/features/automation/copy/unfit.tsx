import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { cardName } from '../model/definitions.ts';
import styles from '../save/save.module.css';
import { inWords } from '../settings/errors-by-field.ts';
import type { UnfitFound } from './use-unfit.ts';

/** What the cards name that is not there; they come along, yellow, to be set up. */
export function Unfit({ found: { problems, looking, failed }, away }: { found: UnfitFound; away: boolean }) {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  if (failed !== null)
    return (
      <Text size="sm" c="red" role="alert">
        {failed.message}
      </Text>
    );
  if (looking) return null;
  const draft = away && <Text size="sm">{t('copy.asDraft')}</Text>;
  if (problems.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('copy.fits')} {away && t('copy.asDraft')}
      </Text>
    );
  return (
    <Alert color="yellow" p="xs" role="status">
      <Text size="sm" fw={600} mb={4}>
        {t('copy.unfit')}
      </Text>
      <ul className={styles.problems}>
        {problems.map(({ card, ...problem }) => (
          <li key={`${card.uid}:${problem.path}:${problem.code}`}>
            <b>{cardName(card, language)}</b>: {inWords(problem, t)}
          </li>
        ))}
      </ul>
      {draft}
    </Alert>
  );
}
