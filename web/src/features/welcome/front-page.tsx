import { Select, Title } from '@mantine/core';
import { languages, tongues } from '@signalbox/automation/kit/words/languages.ts';
import { Languages } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { speak } from '../../i18n/i18n.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { hasFieldProblems } from '../../ui/text/problem-text.ts';
import styles from './front-page.module.css';

interface FrontPageProps {
  title: string;
  text?: string;
  error: Error | null;
  /** Left out where what stands inside has forms of its own. */
  submit?: () => void;
  children: ReactNode;
}

/** A form before the shell: the mark, a heading, what went wrong, and the language. */
export function FrontPage({ title, text, error, submit, children }: FrontPageProps) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit?.();
  };
  const inside = (
    <>
      <img src="/signalbox.svg" width={40} height={40} alt="" />
      <div>
        <Title order={1}>{title}</Title>
        {text && <p className={styles.text}>{text}</p>}
      </div>
      <ErrorNote error={hasFieldProblems(error) ? null : error} />
      {children}
    </>
  );
  return (
    <main className={styles.page}>
      {submit ? (
        <form className={styles.card} onSubmit={onSubmit} noValidate>
          {inside}
        </form>
      ) : (
        <div className={styles.card}>{inside}</div>
      )}
      <LanguageChoice />
    </main>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <Select
      className={styles.language}
      aria-label={t('profile.language')}
      leftSection={<Languages size={15} />}
      variant="unstyled"
      w={170}
      allowDeselect={false}
      data={languages.map((language) => ({ value: language, label: tongues[language].name }))}
      value={i18n.language}
      onChange={(language) => language && void speak(language)}
    />
  );
}
